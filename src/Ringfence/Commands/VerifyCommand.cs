using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Output;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Commands;

/// <summary><c>ringfence verify</c>: does an Identity hold, and why, step by step?</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Input = new("input")
    {
        Description = "A SIP message or an Identity header in a file, - for standard input, or the header itself",
        DefaultValueFactory = _ => "-",
    };
    private static readonly Option<string[]> Trust = new("--trust")
    {
        Description = "STI roots in PEM; may be repeated",
        Required = true,
    };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "With a header alone: who calls; without it \"orig\" is taken for true",
    };
    private static readonly Option<string?> To = new("--to")
    {
        Description = "With a header alone: who is called; without it \"dest\" is taken for true",
    };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "As of when: 2026-11-22T12:00:00Z, or iat for when it was issued; now without it",
    };
    private static readonly Option<string?> Chain = new("--chain")
    {
        Description = "The signer's chain in PEM, to be taken in place of fetching x5u",
    };
    private static readonly Option<string?> Crl = new("--crl")
    {
        Description = "A revocation list, DER or PEM; --crl-issuer says who may sign it",
    };
    private static readonly Option<string[]> CrlIssuer = new("--crl-issuer")
    {
        Description = "Certificate of whose revocation list is believed, in PEM; may be repeated",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<string[]> TestHosts = new("--test-host")
    {
        Description = "host:port that may be fetched from whatever its address and scheme",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<string> Language = new("--lang")
    {
        Description = $"Language: {string.Join(", ", StepTexts.Languages)}",
        DefaultValueFactory = _ => "en",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "verify",
            """
            Verifies the Identity headers of a call (RFC 8224, SHAKEN) and prints every step: what must hold, by which section, on what it looked.

            Examples:
              ringfence verify invite.sip --trust sti-pa.pem
              ringfence verify invite.sip --trust sti-pa.pem --at iat --lang fr
              ringfence verify "eyJ…;info=<https://cert.example/chain.pem>;alg=ES256;ppt=shaken" --trust root.pem --from +12155550121 --to +12155550131
              ringfence sign … | ringfence verify --trust stir/root.pem --chain stir/chain.pem --json

            Exit codes: 0 passed, 1 did not pass, 2 nothing to verify, or a file cannot be read.
            """
        )
        {
            Input,
            Trust,
            From,
            To,
            At,
            Chain,
            Crl,
            CrlIssuer,
            TestHosts,
            Language,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!StepTexts.Languages.Contains(parsed.GetValue(Language)))
        {
            return Unusable($"--lang {parsed.GetValue(Language)}: one of {string.Join(", ", StepTexts.Languages)}");
        }

        try
        {
            VerifyInput? input = VerifyInput.Read(
                parsed.GetValue(Input)!,
                parsed.GetValue(From),
                parsed.GetValue(To),
                out string fault
            );
            if (input is null)
            {
                return Unusable(fault);
            }

            DateTimeOffset at = TimeProvider.System.GetUtcNow();
            if (parsed.GetValue(At) == "iat" && input.IssuedAt is { } issued)
            {
                at = issued;
            }
            else if (!SignCommand.TryTime(parsed.GetValue(At), ref at))
            {
                return Unusable($"--at {parsed.GetValue(At)}: a time, for instance 2026-11-22T12:00:00Z, or iat");
            }

            VerificationResult result = await VerifyAsync(parsed, input, new FixedClock(at), cancellation)
                .ConfigureAwait(false);
            VerifyOutput.Print(result, parsed.GetValue(Language)!, parsed.GetValue(Json), input.IsUnbound);
            return result.Outcome == VerificationOutcome.Passed ? ExitCode.Success : ExitCode.Unexpected;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Unusable(e.Message);
        }
    }

    private static async Task<VerificationResult> VerifyAsync(
        ParseResult parsed,
        VerifyInput input,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        TrustAnchors anchors = TrustAnchors.FromPem(
            string.Join('\n', parsed.GetValue(Trust)!.Select(File.ReadAllText))
        );
        var options = new FetchOptions
        {
            TestHosts = parsed.GetValue(TestHosts)!.ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
        using var certificates = new CertificateCache(new PathValidator(anchors), options, clock);
        if (parsed.GetValue(Chain) is { } chain)
        {
            byte[] pem = await File.ReadAllBytesAsync(chain, cancellation).ConfigureAwait(false);
            foreach (string x5u in input.Locations)
            {
                certificates.Add(x5u, pem);
            }
        }

        RevocationLists? revocation = parsed.GetValue(Crl) is { } list
            ? ReadList(list, parsed.GetValue(CrlIssuer)!)
            : null;
        var service = new VerificationService(certificates, revocation, new VerificationOptions(), clock);
        return await service.VerifyAsync(input.Facts, cancellation).ConfigureAwait(false);
    }

    /// <summary>A list that is asked for by name must be of use: one that is not would let a revoked signer pass unseen.</summary>
    private static RevocationLists ReadList(string file, string[] issuers)
    {
        X509Certificate2Collection certificates = [];
        foreach (string issuer in issuers)
        {
            certificates.ImportFromPemFile(issuer);
        }

        var lists = new RevocationLists(certificates) { Policy = RevocationPolicy.Required };
        return lists.TryAdd(File.ReadAllBytes(file))
            ? lists
            : throw new CryptographicException($"{file} is no revocation list that --crl-issuer signed");
    }

    private static int Unusable(string what)
    {
        Console.Error.WriteLine($"ringfence: {what}");
        return ExitCode.Unusable;
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        /// <inheritdoc/>
        public override DateTimeOffset GetUtcNow() => now;
    }
}
