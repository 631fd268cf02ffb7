using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;

namespace Ringfence.Stir.Tests.Certificates;

/// <summary>ATIS-1000084: the policy administrator's signed list.</summary>
public sealed class TrustListTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TrustAnchors _anchors = new();
    private readonly TestClock _clock = new();
    private readonly TrustListSync _sync;

    public TrustListTests()
    {
        X509Certificate2 administrator = StirRig.Authority.Maker("STI-PA", _key).AsSigner().SelfSign();
        _sync = new TrustListSync(_anchors, administrator, -1, new FetchOptions(), _clock);
    }

    public void Dispose() => _sync.Dispose();

    [Fact]
    public void A_signed_list_replaces_the_roots()
    {
        _sync.Apply(List(5)).ShouldBe(TrustListOutcome.Applied);
        _anchors.Roots.Single().Thumbprint.ShouldBe(StirRig.Authority.Root.Thumbprint);
        _sync.Sequence.ShouldBe(5);
        _sync.Expires.ShouldBe(TestClock.Golden.AddDays(1));
    }

    [Fact]
    public void The_same_list_again_changes_nothing()
    {
        _sync.Apply(List(5));
        int version = _anchors.Version;
        _sync.Apply(List(5)).ShouldBe(TrustListOutcome.Unchanged);
        _anchors.Version.ShouldBe(version);
    }

    [Fact]
    public void An_older_list_is_a_rollback()
    {
        _sync.Apply(List(5));
        _sync.Apply(List(4)).ShouldBe(TrustListOutcome.RolledBack);
        _sync.Sequence.ShouldBe(5);
    }

    [Fact]
    public void A_restart_opens_no_way_back()
    {
        using var restarted = new TrustListSync(
            _anchors,
            StirRig.Authority.Maker("STI-PA", _key).AsSigner().SelfSign(),
            9,
            new FetchOptions(),
            _clock
        );
        restarted.Apply(List(8)).ShouldBe(TrustListOutcome.RolledBack);
        restarted.Apply(List(9)).ShouldBe(TrustListOutcome.Applied);
    }

    [Fact]
    public void An_expired_list_is_refused() =>
        _sync.Apply(List(5, TestClock.Golden.AddSeconds(-1))).ShouldBe(TrustListOutcome.Expired);

    [Fact]
    public void A_list_by_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _sync.Apply(List(5, key: other)).ShouldBe(TrustListOutcome.Untrusted);
        _anchors.Roots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"alg\":\"none\"}", null)]
    [InlineData("{\"alg\":\"HS256\"}", null)]
    [InlineData("{\"alg\":\"ES256\",\"crit\":[\"x\"]}", null)]
    [InlineData(null, "{}")]
    [InlineData(null, "{\"sequence\":1,\"exp\":1800000000,\"trustList\":[]}")]
    [InlineData(null, "{\"sequence\":\"1\",\"exp\":1800000000,\"trustList\":[\"x\"]}")]
    [InlineData(null, "{\"sequence\":1,\"exp\":1800000000,\"trustList\":[\"no certificate\"]}")]
    public void What_is_no_list_is_refused(string? header, string? payload) =>
        _sync
            .Apply(Sign(header ?? "{\"alg\":\"ES256\"}", payload ?? Payload(5, TestClock.Golden.AddDays(1)), _key))
            .ShouldBe(TrustListOutcome.Malformed);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("...")]
    [InlineData("e30.e30.")]
    public void What_is_no_JWS_is_refused(string text) =>
        _sync.Apply(Encoding.ASCII.GetBytes(text)).ShouldBe(TrustListOutcome.Malformed);

    [Fact]
    public async Task A_list_that_cannot_be_fetched_leaves_the_roots()
    {
        _sync.Apply(List(5));
        (await _sync.FetchAsync(new Uri("http://localhost:9/list"))).ShouldBe(TrustListOutcome.Unreachable);
        _anchors.Roots.Count.ShouldBe(1);
    }

    private byte[] List(long sequence, DateTimeOffset? expires = null, ECDsa? key = null) =>
        Sign(
            "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
            Payload(sequence, expires ?? TestClock.Golden.AddDays(1)),
            key ?? _key
        );

    private static string Payload(long sequence, DateTimeOffset expires) =>
        $"{{\"version\":\"1\",\"sequence\":{sequence},\"exp\":{expires.ToUnixTimeSeconds()},\"trustList\":[{JsonSerializer.Serialize(StirRig.Authority.Root.ExportCertificatePem())}]}}";

    private static byte[] Sign(string header, string payload, ECDsa key)
    {
        string input =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))
            + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return Encoding.ASCII.GetBytes(
            input
                + "."
                + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))
        );
    }
}
