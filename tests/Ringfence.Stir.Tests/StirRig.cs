using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests;

/// <summary>An STI hierarchy, one signer, a verifier and a clock that stands still; tokens of any shape.</summary>
internal sealed class StirRig
{
    public const string X5u = "https://cert.example.org/passport.cer";
    public const string Caller = "12155550121";
    public const string Called = "12155550131";
    public const string OrigId = "123e4567-e89b-12d3-a456-426655440000";
    public const long Iat = 1_700_000_000;
    public const string JoseJson =
        "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + X5u + "\"}";
    public const string ClaimsJson =
        "{\"attest\":\"A\",\"dest\":{\"tn\":[\"12155550131\"]},\"iat\":1700000000,\"orig\":{\"tn\":\"12155550121\"},\"origid\":\""
        + OrigId
        + "\"}";

    public StirRig()
    {
        Key = LoadKey();
        Anchors = new TrustAnchors([Authority.Root]);
        Paths = new PathValidator(Anchors);
        Source = new FixedSource(Paths);
        Publish(Authority.IssueSigner("1234", Key));
        Revocation = new RevocationLists([Authority.RevocationIssuer]);
        Verifier = Make(new VerificationOptions());
    }

    // Making a hierarchy costs milliseconds; tests do not change it.
    public static DemoAuthority Authority { get; } = new(TestClock.Golden, TimeSpan.FromDays(365));

    public TestClock Clock { get; } = new();
    public ECDsa Key { get; }
    public TrustAnchors Anchors { get; }
    public PathValidator Paths { get; }
    public FixedSource Source { get; }
    public RevocationLists Revocation { get; set; }
    public VerificationService Verifier { get; set; }

    /// <summary>The key pair of RFC 8946 Appendix A.</summary>
    public static ECDsa LoadKey()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(
            """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIFKCsFZ4Wsw3ZpBxgc4Z0sOjaXDdMk07Ny1fKg6OntAkoAoGCCqGSM49
            AwEHoUQDQgAEmzGM1VsO+3IqbMF54rQMaYKQftO4hUYm9wv5wutLgEd9FsiTy3+4
            +Wa2O7pffOXPC0QzO+yD8hGEXGP/2mZo6w==
            -----END EC PRIVATE KEY-----
            """
        );
        return key;
    }

    public VerificationService Make(VerificationOptions options) => new(Source, Revocation, options, Clock);

    public void Publish(System.Security.Cryptography.X509Certificates.X509Certificate2 leaf) =>
        Source.Put(X5u, Authority.Chain(leaf));

    public string Sign(string jose, string claims)
    {
        string input = Encode(jose) + "." + Encode(claims);
        byte[] signature = Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    public string SignClaims(string claims) => Sign(JoseJson, claims);

    public string SignJose(string jose) => Sign(jose, ClaimsJson);

    public string Shaken() => Sign(JoseJson, ClaimsJson);

    public string Div(string div, string dest, string orig = Caller, long iat = Iat) =>
        Sign(
            JoseJson.Replace("shaken", "div", StringComparison.Ordinal),
            $"{{\"dest\":{{\"tn\":[\"{dest}\"]}},\"div\":{{\"tn\":\"{div}\"}},\"iat\":{iat},\"orig\":{{\"tn\":\"{orig}\"}}}}"
        );

    public static string Header(string token, string? ppt = null, string info = X5u) =>
        $"{token};info=<{info}>;alg=ES256" + (ppt is null ? "" : $";ppt=\"{ppt}\"");

    public static SignedCall Call(params string[] headers) => Call(Called, headers);

    public static SignedCall Call(string target, string[] headers) =>
        new()
        {
            Identities = [.. headers.Select(header => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(header))],
            RequestUri = Uri(target),
            To = Uri(Called),
            From = Uri(Caller),
            CallId = "call-1"u8.ToArray(),
        };

    public static byte[] Uri(string number) => Encoding.ASCII.GetBytes($"sip:+{number}@example.com;user=phone");

    public VerificationResult Verify(params string[] headers) => Verify(Call(headers));

    public VerificationResult Verify(SignedCall call)
    {
        Verifier.TryVerify(call, out VerificationResult? result).ShouldBeTrue("every certificate is at hand");
        return result!;
    }

    /// <summary>Expects that the first identity fails by a fault, in its step, with its status, and that Reason says so.</summary>
    public VerificationResult Refuses(SignedCall call, Fault fault, int code, string phrase)
    {
        VerificationResult result = Verify(call);
        ShouldFail(result.Identities[0], fault, code, phrase);
        result.Outcome.ShouldBe(code == 436 ? VerificationOutcome.Unavailable : VerificationOutcome.Failed);
        result.Status.ShouldBe(new FaultStatus(code, phrase));
        return result;
    }

    public VerificationResult RefusesToken(string token, Fault fault, int code, string phrase) =>
        Refuses(Call(Header(token)), fault, code, phrase);

    public VerificationResult RefusesHeader(
        string header,
        Fault fault,
        int code = 438,
        string phrase = "Invalid Identity Header"
    ) => Refuses(Call(header), fault, code, phrase);

    public static void ShouldFail(IdentityResult identity, Fault fault, int code, string phrase)
    {
        identity.Fault.ShouldBe(fault);
        identity.Status.ShouldBe(new FaultStatus(code, phrase));
        identity.Reason!.ShouldStartWith($"STIR ;cause={code} ;text=\"{phrase}\"");
        VerificationStep last = identity.Steps[^1];
        last.Outcome.ShouldBe(StepOutcome.Failed);
        last.Rule.ShouldBe((VerificationRule)((int)fault / 100));
        identity.Steps.SkipLast(1).ShouldAllBe(step => step.Outcome != StepOutcome.Failed);
        identity.Steps.Select(step => (int)step.Rule).ShouldBeInOrder();
    }

    public static PassportClaims Claims(Attestation attest = Attestation.A) =>
        new()
        {
            IssuedAt = Iat,
            Orig = ClaimedIdentity.Number(Caller),
            Dest = [ClaimedIdentity.Number(Called)],
            Attest = attest,
            OrigId = OrigId,
        };

    public SigningKey SigningKey()
    {
        string chain = Authority.Chain(Authority.IssueSigner("1234", Key));
        Stir.Authentication.SigningKey.Read(chain, Key.ExportPkcs8PrivateKeyPem(), X5u, out SigningKey? key)
            .ShouldBe(SigningKeyFault.None);
        return key!;
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
