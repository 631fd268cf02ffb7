using System.CommandLine;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Certificates;

namespace Ringfence.Commands;

/// <summary>The options of <c>ringfence diagnose</c> that verify Identity headers offline.</summary>
internal static class DiagnoseTrust
{
    /// <summary>The roots.</summary>
    internal static Option<FileInfo[]> Roots { get; } =
        new("--trust")
        {
            Description =
                "STI roots in PEM: Identity headers are verified as of the time of their frames; may be repeated",
            DefaultValueFactory = _ => [],
        };

    /// <summary>The signers' chains.</summary>
    internal static Option<string[]> Certificates { get; } =
        new("--certs")
        {
            Description =
                "The signers' chains (PEM, DER), as files or folders of them, named as their x5u ends; nothing is fetched",
            DefaultValueFactory = _ => [],
        };

    /// <summary>The verifier that the options ask for, or null.</summary>
    internal static IdentityVerifier? Verifier(ParseResult parsed)
    {
        FileInfo[] roots = parsed.GetValue(Roots)!;
        if (roots.Length == 0 && parsed.GetValue(Certificates)!.Length > 0)
        {
            throw new IOException("--certs needs --trust: without roots no Identity can be verified");
        }

        return roots.Length == 0
            ? null
            : new IdentityVerifier(
                TrustAnchors.FromPem(string.Join('\n', roots.Select(root => File.ReadAllText(root.FullName)))),
                parsed
                    .GetValue(Certificates)!
                    .SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path) : [path])
                    .Select(path => new CertificateFile(Path.GetFileName(path), File.ReadAllBytes(path)))
            );
    }
}
