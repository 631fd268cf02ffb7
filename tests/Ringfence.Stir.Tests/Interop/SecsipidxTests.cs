using System.Diagnostics;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Interop;

/// <summary>secsipidx, an independent implementation in Go: it verifies what is signed here, and the other way round.</summary>
public sealed class SecsipidxTests : IDisposable
{
    private readonly StirRig _rig = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("stir-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Attestation.A)]
    [InlineData(Attestation.B)]
    [InlineData(Attestation.C)]
    public async Task What_is_signed_here_secsipidx_verifies(Attestation attestation)
    {
        SignedIdentity identity = PassportSigner.Sign(
            _rig.SigningKey(),
            StirRig.Claims(attestation) with
            {
                IssuedAt = Now,
            }
        );

        (await CheckAsync(identity.Header)).ShouldBe((0, "ok"));
    }

    [Fact]
    public async Task What_is_changed_afterwards_secsipidx_refuses()
    {
        string header = PassportSigner.Sign(_rig.SigningKey(), StirRig.Claims() with { IssuedAt = Now }).Header;
        string other = PassportSigner
            .Sign(_rig.SigningKey(), StirRig.Claims(Attestation.B) with { IssuedAt = Now })
            .Header;

        // The signature's part of one, the claims of the other.
        string[] parts = header.Split(';')[0].Split('.');
        string swapped =
            $"{parts[0]}.{parts[1]}.{other.Split(';')[0].Split('.')[2]}{header[header.IndexOf(';', StringComparison.Ordinal)..]}";
        (await CheckAsync(swapped)).Code.ShouldNotBe(0);
    }

    [Theory]
    [InlineData("A", Attestation.A)]
    [InlineData("C", Attestation.C)]
    public async Task What_secsipidx_signs_is_verified_here(string level, Attestation attestation)
    {
        string header = await SignAsync(level);
        var now = new TestClock(DateTimeOffset.FromUnixTimeSeconds(Now));
        using var authority = new DemoAuthority(now.GetUtcNow(), TimeSpan.FromDays(1));
        _rig.Anchors.Replace([authority.Root]);
        _rig.Source.Put(StirRig.X5u, authority.Chain(authority.IssueSigner("1234", _rig.Key)));
        _rig.Verifier = new VerificationService(_rig.Source, null, new VerificationOptions(), now);
        VerificationResult result = _rig.Verify(header);

        result.Outcome.ShouldBe(VerificationOutcome.Passed);
        result.Attestation.ShouldBe(attestation);
    }

    [Fact]
    public async Task A_chain_made_here_leads_to_its_root_for_secsipidx_too()
    {
        using var authority = new DemoAuthority(DateTimeOffset.FromUnixTimeSeconds(Now), TimeSpan.FromDays(1));
        await WriteAsync("root.pem", authority.Root.ExportCertificatePem());
        await WriteAsync("issuer.pem", authority.Intermediate.ExportCertificatePem());
        await WriteAsync("leaf.pem", authority.IssueSigner("1234", _rig.Key).ExportCertificatePem());
        await WriteAsync(
            "identity",
            PassportSigner.Sign(_rig.SigningKey(), StirRig.Claims() with { IssuedAt = Now }).Header
        );

        // 13: validity, own root, own intermediate.
        (int code, string output) = await RunAsync(
            "-check",
            "-fidentity",
            Path.Combine(_folder, "identity"),
            "-fpubkey",
            Path.Combine(_folder, "leaf.pem"),
            "-ca-file",
            Path.Combine(_folder, "root.pem"),
            "-ca-inter",
            Path.Combine(_folder, "issuer.pem"),
            "-cert-verify",
            "13",
            "-expire",
            "60"
        );
        (code, output).ShouldBe((0, "ok"));
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder, name), text, TestContext.Current.CancellationToken);

    private async Task<(int Code, string Output)> CheckAsync(string header)
    {
        await WriteAsync("identity", header);
        await WriteAsync("public.pem", _rig.Key.ExportSubjectPublicKeyInfoPem());
        return await RunAsync(
            "-check",
            "-fidentity",
            Path.Combine(_folder, "identity"),
            "-fpubkey",
            Path.Combine(_folder, "public.pem"),
            "-expire",
            "60"
        );
    }

    private async Task<string> SignAsync(string level)
    {
        string key = Path.Combine(_folder, "key.pem");
        await WriteAsync("key.pem", _rig.Key.ExportECPrivateKeyPem());
        (int code, string header) = await RunAsync(
            "-sign-full",
            "-orig-tn",
            StirRig.Caller,
            "-dest-tn",
            StirRig.Called,
            "-attest",
            level,
            "-x5u",
            StirRig.X5u,
            "-k",
            key
        );
        code.ShouldBe(0);
        return header;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        const string Binary = "/usr/bin/secsipidx";
        Assert.SkipUnless(File.Exists(Binary), "skipped: secsipidx is not installed (Debian package secsipidx)");
        using var process = Process.Start(
            new ProcessStartInfo(Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Trim());
    }
}
