using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>A root, two signers' chains and a token of each, signed once and kept as files: signatures come out differently every time.</summary>
internal static class SignedFiles
{
    private static readonly string[] Chains = ["chain", "expired"];

    // The time at which every script begins.
    private static readonly DateTimeOffset Call = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private static string Folder { get; } = Captures() + "/stir";

    public static string Captures([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Captures"));

    /// <summary>A verifier with the root and the chains.</summary>
    public static IdentityVerifier Verifier() =>
        new(
            TrustAnchors.FromPem(File.ReadAllText(Folder + "/root.pem")),
            Chains.Select(name => new CertificateFile(name + ".pem", File.ReadAllBytes($"{Folder}/{name}.pem")))
        );

    /// <summary>The value of an Identity header, signed with the first certificate of a chain.</summary>
    public static string Identity(string chain)
    {
        if (!File.Exists($"{Folder}/{chain}.identity"))
        {
            Make();
        }

        return File.ReadAllText($"{Folder}/{chain}.identity");
    }

    private static void Make()
    {
        Directory.CreateDirectory(Folder);
        using var authority = new DemoAuthority(Call.AddDays(-30), TimeSpan.FromDays(400));
        File.WriteAllText(Folder + "/root.pem", authority.Root.ExportCertificatePem() + "\n");
        foreach (var name in Chains)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var maker = new CertificateMaker("SHAKEN 1234", key)
            {
                NotBefore = Call.AddDays(-20),
                NotAfter = Call.AddDays(name == "expired" ? -1 : 300),
            };
            using var signer = maker
                .AsSigner()
                .With(new TnAuthList(["1234"], []))
                .WithPolicy()
                .Issue(authority.Intermediate, authority.IntermediateKey);
            var url = $"https://cert.example.org/{name}.pem";
            var claims = new PassportClaims
            {
                IssuedAt = Call.ToUnixTimeSeconds(),
                Orig = ClaimedIdentity.Number("33140000001"),
                Dest = [ClaimedIdentity.Number("33140000002")],
                Attest = Attestation.A,
                OrigId = "de305d54-75b4-431b-adb2-eb6b9e546014",
            };
            var input = PassportWriter.SigningInput(claims, PassportType.Shaken, url);
            var token = PassportWriter.Full(input, key.SignData(input, HashAlgorithmName.SHA256));
            File.WriteAllText($"{Folder}/{name}.pem", authority.Chain(signer));
            File.WriteAllText($"{Folder}/{name}.identity", IdentityHeader.Format(token, url, PassportType.Shaken));
        }
    }
}
