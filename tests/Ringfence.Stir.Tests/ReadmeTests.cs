using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests;

/// <summary>The package's examples are this code.</summary>
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
    public async Task The_services_sign_divert_and_verify()
    {
        string folder = Directory.CreateTempSubdirectory("stir-").FullName;
        using var authority = new DemoAuthority(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string chainFile = Path.Combine(folder, "chain.pem");
        string keyFile = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(
            chainFile,
            authority.Chain(authority.IssueSigner("1234", ecdsa)),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(keyFile, ecdsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        byte[] caller = "sip:+12155550121@pbx.example"u8.ToArray();
        byte[] called = "sip:+12155550131@edge.example"u8.ToArray();
        byte[] divertedTo = "sip:+12155550142@edge.example"u8.ToArray();

        // csharpier-ignore-start
        var keys = new SigningKeyFiles(chainFile, keyFile, "https://cert.example.org/chain.pem", TimeProvider.System);
        SigningKeyFault fault = keys.Reload();          // and ReloadIfChanged() now and then
        var options = new AuthenticationOptions
        {
            Trunks = [new SigningTrunk { Name = "pbx", Default = Attestation.C }],
            Customers =
            [
                new SigningCustomer
                {
                    Name = "acme",
                    Numbers = NumberSet.Parse(["+12155550100-12155550199"]),
                    QuotaPerMinute = 600,
                },
            ],
            OrigIdSecret = RandomNumberGenerator.GetBytes(32),
        };
        var signer = new AuthenticationService(options, keys, TimeProvider.System, RandomNumberGenerator.Create());
        var request = new SigningRequest { Trunk = "pbx", Customer = "acme", From = caller, Destination = called };
        SigningResult signed = signer.Sign(request);

        ReadOnlyMemory<byte> identity = Encoding.ASCII.GetBytes(signed.Identity!.Header);
        SignedIdentity div = signer.Divert([identity], called, divertedTo, NumberPlan.Global).Single();

        var published = CertificatePublication.Of(keys.Current!, TimeProvider.System.GetUtcNow());
        // csharpier-ignore-end

        fault.ShouldBe(SigningKeyFault.None);
        (signed.Reason, signed.Attestation).ShouldBe((SigningReason.CustomerOwnsNumber, Attestation.A));
        div.Claims.Dest.ShouldBe([ClaimedIdentity.Number("12155550142")]);
        published.Content.Length.ShouldBeGreaterThan(0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_examples_in_the_readme_are_those_that_are_tested()
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

        string[] tested =
        [
            .. source
                .Split("csharpier-ignore-start\n")
                .Skip(1)
                .Select(part => part.Split("        // csharpier-ignore-end")[0]),
        ];
        string[] examples = [.. readme.Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0])];
        examples.Length.ShouldBe(2);
        for (int at = 0; at < examples.Length; at++)
        {
            Lines(examples[at]).ShouldBe(Lines(tested[at]));
        }
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
