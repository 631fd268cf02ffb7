using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Ringfence.Output;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Commands;

/// <summary><c>ringfence cert</c>: a certificate of an STI hierarchy inspected, or a hierarchy made to try with.</summary>
internal static class CertCommand
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "Certificates in PEM, signer first; - for standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Trust = new("--trust")
    {
        Description = "STI roots in PEM: says whether the chain leads there",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "cert",
            """
            Inspects the certificate of a signer: numbers under its authority (TNAuthList, RFC 8226), validity, departures from the SHAKEN profile.

            Examples:
              ringfence cert chain.pem
              ringfence cert chain.pem --trust sti-pa.pem
              ringfence cert chain.pem --json | jq .chain[0].codes
              ringfence cert demo-ca stir                    a test hierarchy: root, intermediate, signer, revocation list
              ringfence cert demo-ca stir --serve 8088       and serves the chain at http://127.0.0.1:8088/chain.pem

            Exit codes: 0 sound, 1 expired or not trusted, 2 cannot be read.
            """
        )
        {
            File,
            Trust,
            Json,
        };
        command.Subcommands.Add(CertDemoCommand.Create());
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            if (parsed.GetValue(File) is not { } file)
            {
                Console.Error.WriteLine(
                    "ringfence: name a file with certificates in PEM; ringfence cert demo-ca makes some to try with"
                );
                return ExitCode.Unusable;
            }

            Fault fault = PemChain.Read(Read(file), out IReadOnlyList<StirCertificate> chain);
            if (fault != Fault.None)
            {
                Console.Error.WriteLine($"ringfence: {file}: {StepTexts.Finding(fault, "en")}");
                return ExitCode.Unusable;
            }

            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            Fault? path = parsed.GetValue(Trust) is { } trust ? PathOf(chain, trust) : null;
            if (parsed.GetValue(Json))
            {
                CertificateJson.Write(chain, path, now);
            }
            else
            {
                Print(chain, now);
                PrintPath(path);
            }

            bool isValid = chain.All(certificate => now >= certificate.NotBefore && now <= certificate.NotAfter);
            return isValid && path is (null or Fault.None) ? ExitCode.Success : ExitCode.Unexpected;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static void Print(IReadOnlyList<StirCertificate> chain, DateTimeOffset now)
    {
        for (int at = 0; at < chain.Count; at++)
        {
            StirCertificate certificate = chain[at];
            Console.WriteLine(Terminal.Bold(at == 0 ? "signer" : $"issuer {at}"));
            Line("subject", certificate.Certificate.Subject);
            Line("issuer", certificate.Certificate.Issuer);
            Line("serial", certificate.Certificate.SerialNumber);
            Line("valid", $"{Time(certificate.NotBefore)} to {Time(certificate.NotAfter)}, {Left(certificate, now)}");
            if (at == 0)
            {
                PrintSigner(certificate);
            }
        }
    }

    private static void PrintSigner(StirCertificate certificate)
    {
        TnAuthList? numbers = certificate.TnAuthList;
        Line(
            "codes",
            numbers is null
                ? Terminal.Bad("no TNAuthList: it may sign for nobody")
                : string.Join(", ", numbers.ServiceProviderCodes)
        );
        foreach (TelephoneNumberRange range in numbers?.Numbers ?? [])
        {
            Line(
                "numbers",
                range.Count == 1
                    ? range.Start
                    : $"{range.Start}, {range.Count.ToString(CultureInfo.InvariantCulture)} numbers"
            );
        }

        Line("crl", certificate.RevocationListUrl ?? "none");
        Line("claims", certificate.Constraints is null ? "not constrained" : "constrained (RFC 8226 §8, RFC 9118)");
        Line(
            "profile",
            certificate.Departures.Count == 0
                ? Terminal.Good("as ATIS-1000080 wants it")
                : "departs in " + string.Join(", ", certificate.Departures)
        );
    }

    private static byte[] Read(string file)
    {
        if (file != "-")
        {
            return System.IO.File.ReadAllBytes(file);
        }

        using Stream input = Console.OpenStandardInput();
        using var all = new MemoryStream();
        input.CopyTo(all);
        return all.ToArray();
    }

    private static Fault PathOf(IReadOnlyList<StirCertificate> chain, string trust) =>
        new PathValidator(TrustAnchors.FromPem(System.IO.File.ReadAllText(trust))).Validate(chain).Fault;

    private static void PrintPath(Fault? path)
    {
        if (path is { } fault)
        {
            Line(
                "path",
                fault == Fault.None
                    ? Terminal.Good("leads to a trusted root")
                    : Terminal.Bad(StepTexts.Finding(fault, "en"))
            );
        }
    }

    private static string Left(StirCertificate certificate, DateTimeOffset now) =>
        now < certificate.NotBefore ? Terminal.Bad("not yet valid")
        : now > certificate.NotAfter ? Terminal.Bad("expired")
        : $"{((int)(certificate.NotAfter - now).TotalDays).ToString(CultureInfo.InvariantCulture)} days left";

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static void Line(string name, string value) => Console.WriteLine($"  {name, -8} {value}");
}
