using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests;

/// <summary>The package's example is this code.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_signs_and_verifies()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        // csharpier-ignore-start
        using var authority = new DemoAuthority(now, TimeSpan.FromDays(30));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string chain = authority.Chain(authority.IssueSigner("1234", key));
        const string X5u = "https://cert.example.org/chain.pem";

        SigningKey.Read(chain, key.ExportPkcs8PrivateKeyPem(), X5u, out SigningKey? signer);
        var claims = new PassportClaims
        {
            IssuedAt = now.ToUnixTimeSeconds(),
            Orig = ClaimedIdentity.Number("12155550121"),
            Dest = [ClaimedIdentity.Number("12155550131")],
            Attest = Attestation.A,
            OrigId = Guid.NewGuid().ToString(),
        };
        string identity = PassportSigner.Sign(signer!, claims).Header;

        var paths = new PathValidator(new TrustAnchors([authority.Root]));
        using var certificates = new CertificateCache(paths, new FetchOptions(), TimeProvider.System);
        certificates.Add(X5u, Encoding.ASCII.GetBytes(chain));
        var verifier = new VerificationService(certificates, null, new VerificationOptions(), TimeProvider.System);
        SignedCall call = SignedCall.Of(identity, "sip:+12155550121@a.example", "sip:+12155550131@b.example", "call-1");
        VerificationResult result = await verifier.VerifyAsync(call, cancellation);
        // csharpier-ignore-end

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(Attestation.A);
    }

    [Fact]
    public void The_example_in_the_readme_is_the_one_that_is_tested()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ringfence.slnx")))
        {
            folder = folder.Parent;
        }

        Assert.SkipWhen(folder is null, "skipped: the sources are not beside the tests");
        string source = File.ReadAllText(
            Path.Combine(folder!.FullName, "tests", "Ringfence.Stir.Tests", "ReadmeTests.cs")
        );
        string readme = File.ReadAllText(Path.Combine(folder.FullName, "src", "Ringfence.Stir", "README.md"));

        string tested = source.Split("csharpier-ignore-start\n")[1].Split("        // csharpier-ignore-end")[0];
        string example = readme.Split("```csharp\n")[1].Split("```")[0];
        Lines(example).ShouldBe(Lines(tested));
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
