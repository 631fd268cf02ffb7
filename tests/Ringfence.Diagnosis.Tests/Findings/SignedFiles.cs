using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>A root, and signers with their chains and keys, made once and kept as files: what the scripts sign with and the verifier knows.</summary>
internal static class SignedFiles
{
    // Of "foreign" the root is not among those trusted.
    private static readonly string[] Chains = ["chain", "expired", "foreign"];

    // The time at which every script begins.
    private static readonly DateTimeOffset Call = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static string Folder { get; } = Captures() + "/stir";

    public static string Captures([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Captures"));

    /// <summary>A verifier with the root and these chains, all of them where none is named.</summary>
    public static IdentityVerifier Verifier(params string[] chains) =>
        new(
            TrustAnchors.FromPem(File.ReadAllText(Folder + "/root.pem")),
            (chains.Length == 0 ? Chains : Chains.Intersect(chains)).Select(name => new CertificateFile(
                name + ".pem",
                File.ReadAllBytes($"{Folder}/{name}.pem")
            ))
        );

    public static string Url(string chain) => $"https://cert.example.org/{chain}.pem";

    /// <summary>A PASSporT of SHAKEN, signed with the first certificate of a chain.</summary>
    public static string Token(string chain, PassportClaims claims)
    {
        var input = PassportWriter.SigningInput(claims, PassportType.Shaken, Url(chain));
        return PassportWriter.Full(input, Signature(chain, input));
    }

    /// <summary>The Identity of the caller and callee of a script, at the time at which it begins.</summary>
    public static string Identity(string chain)
    {
        var claims = new PassportClaims
        {
            IssuedAt = Call.ToUnixTimeSeconds(),
            Orig = ClaimedIdentity.Number("33140000001"),
            Dest = [ClaimedIdentity.Number("33140000002")],
            Attest = Attestation.A,
            OrigId = "de305d54-75b4-431b-adb2-eb6b9e546014",
        };
        return IdentityHeader.Format(Token(chain, claims), Url(chain), PassportType.Shaken);
    }

    /// <summary>The Call-Info with the contact card of a refusal (RFC 8688 §4.3), its signature right or wrong.</summary>
    public static string Card(string chain, bool spoilt)
    {
        static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        var header = Encode($$"""{"alg":"ES256","typ":"jwt","x5u":"{{Url(chain)}}"}""");
        var claims = Encode("""{"iat":1700000000,"jcard":["vcard",[["fn",{},"text","Analytics"]]]}""");
        var signature = Signature(
            chain == "unknown" ? "chain" : chain,
            Encoding.ASCII.GetBytes($"{header}.{claims}{(spoilt ? "x" : "")}")
        );
        return $"Call-Info: <data:application/jose,{header}.{claims}.{Base64Url.EncodeToString(signature)}>;purpose=jwscard\r\n";
    }

    public static byte[] Signature(string chain, byte[] input)
    {
        if (!File.Exists($"{Folder}/{chain}.key"))
        {
            Make();
        }

        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText($"{Folder}/{chain}.key"));
        return Es256.Sign(key, input);
    }

    private static void Make()
    {
        Directory.CreateDirectory(Folder);
        using var trusted = new DemoAuthority(Call.AddDays(-30), TimeSpan.FromDays(400));
        using var foreign = new DemoAuthority(Call.AddDays(-30), TimeSpan.FromDays(400));
        File.WriteAllText(Folder + "/root.pem", trusted.Root.ExportCertificatePem() + "\n");
        foreach (var name in Chains)
        {
            var authority = name == "foreign" ? foreign : trusted;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var maker = new CertificateMaker("SHAKEN 1234", key)
            {
                NotBefore = Call.AddDays(-20),
                NotAfter = Call.AddDays(name == "expired" ? -1 : 300),
            };
            using var signer = maker
                .AsSigner()
                .With(new TnAuthList(["1234"], []))
                .WithRevocationList("http://sti-pa.example/crl", authority.RevocationIssuer.SubjectName)
                .WithPolicy()
                .Issue(authority.Intermediate, authority.IntermediateKey);
            File.WriteAllText($"{Folder}/{name}.pem", authority.Chain(signer));
            File.WriteAllText($"{Folder}/{name}.key", key.ExportPkcs8PrivateKeyPem() + "\n");
        }
    }
}
