using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Commands;

/// <summary><c>ringfence sign</c>: claims to an Identity header.</summary>
internal static class SignCommand
{
    private static readonly Option<string> Key = new("--key", "-k")
    {
        Description = "Private key, P-256, PEM",
        Required = true,
    };
    private static readonly Option<string?> Chain = new("--chain")
    {
        Description = "Certificates, signer first, PEM; without it chain.pem beside the key",
    };
    private static readonly Option<string> X5u = new("--x5u")
    {
        Description = "Where verifiers find the chain",
        Required = true,
    };
    private static readonly Option<string> Orig = new("--orig")
    {
        Description = "The calling number, or a SIP URI",
        Required = true,
    };
    private static readonly Option<string[]> Dest = new("--dest")
    {
        Description = "The called number, or a SIP URI; may be repeated",
        Required = true,
    };
    private static readonly Option<string> Attest = new("--attest")
    {
        Description = "A, B or C",
        DefaultValueFactory = _ => "A",
    };
    private static readonly Option<string?> OrigId = new("--origid") { Description = "A UUID; without it a new one" };
    private static readonly Option<string?> Div = new("--div")
    {
        Description = "Whom the call was for before: makes a div PASSporT (RFC 8946)",
    };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "When it is issued, as 2026-11-22T12:00:00Z; now without it",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Header, token and claims as JSON" };

    internal static Command Create()
    {
        Command command = new(
            "sign",
            """
            Signs a caller's identity: prints the value of an Identity header (RFC 8224, SHAKEN).

            Examples:
              ringfence cert demo-ca stir
              ringfence sign --key stir/key.pem --x5u https://cert.example/chain.pem --orig +12155550121 --dest +12155550131
              ringfence sign --key stir/key.pem --x5u https://cert.example/chain.pem --orig +12155550121 --dest +12155550131 --attest B --json

            Exit codes: 0 signed, 2 the key, the certificate or an argument is of no use.
            """
        )
        {
            Key,
            Chain,
            X5u,
            Orig,
            Dest,
            Attest,
            OrigId,
            Div,
            At,
            Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (ReadClaims(parsed) is not { } claims || ReadKey(parsed) is not { } key)
        {
            return ExitCode.Unusable;
        }

        using (key)
        {
            SignedIdentity signed = PassportSigner.Sign(key, claims);
            Console.WriteLine(parsed.GetValue(Json) ? ToJson(signed) : signed.Header);
        }

        return ExitCode.Success;
    }

    private static PassportClaims? ReadClaims(ParseResult parsed)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (!TryTime(parsed.GetValue(At), ref now))
        {
            return Wrong($"--at {parsed.GetValue(At)}: a time, for instance 2026-11-22T12:00:00Z");
        }

        bool hasLevel =
            Enum.TryParse(parsed.GetValue(Attest), out Attestation level)
            && level != Attestation.None
            && parsed.GetValue(Attest)!.Length == 1;
        if (!hasLevel)
        {
            return Wrong($"--attest {parsed.GetValue(Attest)}: one of A, B, C");
        }

        string x5u = parsed.GetValue(X5u)!;
        bool isUrl =
            Uri.TryCreate(x5u, UriKind.Absolute, out Uri? url)
            && url.Scheme is "https" or "http"
            && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
        if (!isUrl)
        {
            return Wrong($"--x5u {x5u}: where verifiers find the chain, for instance https://cert.example/chain.pem");
        }

        string? origId = parsed.GetValue(OrigId);
        if (origId is not null && !Guid.TryParseExact(origId, "D", out _))
        {
            return Wrong($"--origid {origId}: a UUID, for instance {Guid.NewGuid()}");
        }

        string[] names =
        [
            parsed.GetValue(Orig)!,
            .. parsed.GetValue(Dest)!,
            .. parsed.GetValue(Div) is { } div ? [div] : Array.Empty<string>(),
        ];
        ClaimedIdentity?[] identities = Array.ConvertAll(names, Identity);
        int wrong = Array.IndexOf(identities, null);
        if (wrong >= 0)
        {
            return Wrong($"\"{names[wrong]}\" is neither a telephone number nor a SIP URI, for instance +12155550121");
        }

        bool isDiverted = parsed.GetValue(Div) is not null;
        return new PassportClaims
        {
            IssuedAt = now.ToUnixTimeSeconds(),
            Orig = identities[0]!.Value,
            Dest = [.. identities[1..^(isDiverted ? 1 : 0)].Select(identity => identity!.Value)],
            Div = isDiverted ? identities[^1] : null,
            Attest = isDiverted ? Attestation.None : level,
            OrigId = isDiverted ? null : origId ?? Guid.NewGuid().ToString(),
        };
    }

    /// <summary>A number as people write it, or a URI; null for neither.</summary>
    internal static ClaimedIdentity? Identity(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return text.Contains(':', StringComparison.Ordinal) ? SipIdentity.From(bytes, NumberPlan.Global)
            : CanonicalNumber.From(bytes, NumberPlan.Global) is { } number ? ClaimedIdentity.Number(number)
            : null;
    }

    internal static bool TryTime(string? text, ref DateTimeOffset time) =>
        text is null
        || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static SigningKey? ReadKey(ParseResult parsed)
    {
        string keyPath = parsed.GetValue(Key)!;
        string chainPath =
            parsed.GetValue(Chain) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(keyPath))!, "chain.pem");
        try
        {
            string secret = File.ReadAllText(keyPath);
            SigningKeyFault fault = SigningKey.Read(
                File.ReadAllText(chainPath),
                secret,
                parsed.GetValue(X5u)!,
                out SigningKey? key
            );
            if (fault != SigningKeyFault.None)
            {
                (string what, string remedy) = SigningKeyRemedy.Of(fault, chainPath, keyPath);
                Wrong($"{what}: {remedy}");
            }

            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Wrong($"{e.Message} ringfence cert demo-ca makes a key and a chain to try with");
            return null;
        }
    }

    private static PassportClaims? Wrong(string what)
    {
        Console.Error.WriteLine($"ringfence: {what}");
        return null;
    }

    private static string ToJson(SignedIdentity signed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("identity", signed.Header);
            writer.WriteString("token", signed.Token);
            writer.WriteString("type", signed.Type.ToString());
            writer.WriteString("x5u", signed.X5u);
            writer.WriteString("orig", signed.Claims.Orig.Value);
            writer.WriteStartArray("dest");
            foreach (ClaimedIdentity dest in signed.Claims.Dest)
            {
                writer.WriteStringValue(dest.Value);
            }

            writer.WriteEndArray();
            writer.WriteNumber("iat", signed.Claims.IssuedAt);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
