using System.Diagnostics.Metrics;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Telemetry;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Tests.Pipeline;

/// <summary>What of caller identity changes by itself, beside the calls.</summary>
public sealed class StirUpkeepTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_signed_trust_list_takes_the_place_of_the_roots()
    {
        await using StirSite site = new();
        using DemoAuthority other = new(site.Clock.GetUtcNow(), TimeSpan.FromDays(100));
        site.Use(WithList(site));
        (await site.VerifyAsync()).Outcome.ShouldBe(
            VerificationOutcome.Passed,
            "until the list is there, the file counts"
        );

        site.Host.Documents["list"] = site.TrustList(7, other.Root);
        await site.TurnAsync();

        (await site.VerifyAsync()).Status!.Value.Code.ShouldBe(437);
        site.Log.Of(2160).ShouldHaveSingleItem().ShouldStartWith("Trust list 7 is in force: 1 roots");
    }

    [Fact]
    public async Task An_older_list_is_refused_and_so_it_is_after_a_restart()
    {
        await using StirSite site = new();
        using DemoAuthority other = new(site.Clock.GetUtcNow(), TimeSpan.FromDays(100));
        site.Use(WithList(site));
        site.Host.Documents["list"] = site.TrustList(7, other.Root);
        await site.TurnAsync();

        site.Host.Documents["list"] = site.TrustList(6, site.Authority.Root);
        site.Clock.Advance(Hour);
        await site.TurnAsync();
        site.Log.Of(2161).ShouldHaveSingleItem().ShouldContain("RolledBack");

        await site.RestartAsync();
        site.Use(WithList(site));
        (await site.VerifyAsync()).Status!.Value.Code.ShouldBe(437, "the list of before is in force at once");
        await site.TurnAsync();
        site.Log.Of(2161).Count().ShouldBe(2);
        (await site.VerifyAsync()).Status!.Value.Code.ShouldBe(437);
    }

    [Theory]
    [InlineData("garbage", "Malformed")]
    [InlineData("expired", "Expired")]
    [InlineData("missing", "Unreachable")]
    public async Task A_list_that_is_no_good_leaves_the_roots_and_is_asked_for_again_within_a_minute(
        string kind,
        string outcome
    )
    {
        await using StirSite site = new();
        site.Use(WithList(site));
        if (kind != "missing")
        {
            site.Host.Documents["list"] =
                kind == "garbage" ? "hello"u8.ToArray() : site.TrustList(7, site.Authority.Root, days: -1);
        }

        await site.TurnAsync();
        site.Log.Of(2161).ShouldHaveSingleItem().ShouldContain(outcome);
        (await site.VerifyAsync()).Outcome.ShouldBe(VerificationOutcome.Passed);

        await site.TurnAsync();
        site.Log.Of(2161).Count().ShouldBe(1, "not yet");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.TurnAsync();
        site.Log.Of(2161).Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_signer_on_the_revocation_list_is_refused_also_after_a_restart_without_its_host()
    {
        await using StirSite site = new();
        site.Use(WithCrl(site, "accept"));
        (await site.VerifyAsync()).Outcome.ShouldBe(VerificationOutcome.Passed);

        site.Host.Documents["crl"] = site.RevocationOfSigner();
        await site.TurnAsync();
        site.Log.Of(2164).ShouldHaveSingleItem();
        await RevokedAsync(site);

        site.Host.Documents.Clear();
        await site.RestartAsync();
        site.Use(WithCrl(site, "accept"));
        await RevokedAsync(site);
    }

    [Fact]
    public async Task Without_a_revocation_list_nobody_passes_where_one_is_wanted()
    {
        await using StirSite site = new();
        site.Use(WithCrl(site, "refuse"));
        await site.TurnAsync();
        (await site.VerifyAsync()).Identities[0].Fault.ShouldBe(Fault.RevocationListMissing);
        site.Log.Of(2163).ShouldHaveSingleItem().ShouldContain("FetchStatus");

        site.Host.Documents["crl"] = site.Authority.RevocationList(site.Clock.GetUtcNow(), 1);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.TurnAsync();
        (await site.VerifyAsync()).Outcome.ShouldBe(VerificationOutcome.Passed);

        site.Host.Documents.Clear();
        site.Clock.Advance(TimeSpan.FromDays(2.5));
        await site.TurnAsync();
        (await site.VerifyAsync()).Identities[0].Fault.ShouldBe(Fault.RevocationListStale);
        site.Log.Of(2165).ShouldHaveSingleItem().ShouldContain("STI-PA Demo CRL");
    }

    [Fact]
    public async Task A_list_that_nobody_configured_signed_is_not_believed()
    {
        await using StirSite site = new();
        using DemoAuthority other = new(site.Clock.GetUtcNow(), TimeSpan.FromDays(100));
        site.Use(WithCrl(site, "accept"));
        site.Host.Documents["crl"] = other.RevocationList(site.Clock.GetUtcNow(), 1, site.Authority.Intermediate);
        await site.TurnAsync();

        site.Log.Of(2163).ShouldHaveSingleItem().ShouldContain("Untrusted");
        (await site.VerifyAsync()).Outcome.ShouldBe(VerificationOutcome.Passed);
    }

    [Fact]
    public async Task A_reload_keeps_lists_and_certificates_and_takes_new_roots()
    {
        await using StirSite site = new();
        using DemoAuthority other = new(site.Clock.GetUtcNow(), TimeSpan.FromDays(100));
        site.Use(WithCrl(site, "accept"));
        site.Host.Documents["crl"] = site.RevocationOfSigner();
        await site.TurnAsync();
        StirEngine before = site.Engine;

        site.Use(WithCrl(site, "accept").Replace("crl:", "freshness: 50s, crl:", StringComparison.Ordinal));
        site.Engine.Trust.ShouldBe(before.Trust);
        await RevokedAsync(site);

        site.Write("root.pem", other.Root.ExportCertificatePem());
        site.Use(WithCrl(site, "accept"));
        (await site.VerifyAsync()).Status.ShouldBe(FaultStatus.UnsupportedCredential);
    }

    [Fact]
    public async Task What_ends_within_two_weeks_is_told_once_a_day()
    {
        await using StirSite site = new(days: 13);
        site.Use(Signing());
        await site.TurnAsync();
        await site.TurnAsync();
        site.Log.Of(2011).Count().ShouldBe(2, "the signer's and its issuer's certificate");
        site.Log.Of(2162).ShouldHaveSingleItem().ShouldContain("SHAKEN Demo ROOT");

        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.TurnAsync();
        site.Log.Of(2162).Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_lasts_is_not_told_and_the_gauge_says_for_how_long()
    {
        await using StirSite site = new(days: 100);
        site.Use(Signing());
        await site.TurnAsync();
        site.Log.Ids.ShouldNotContain(2011);
        site.Log.Ids.ShouldNotContain(2162);

        List<(double Seconds, string Kind)> seen = [];
        using var meters = new StirMeters(() => StirUpkeep.Endings(site.Engine), site.Clock);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "ringfence.stir.remaining")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (_, seconds, tags, _) => seen.Add((seconds, (string)tags.ToArray().First(tag => tag.Key == "kind").Value!))
        );
        listener.Start();
        listener.RecordObservableInstruments();

        seen.Where(entry => entry.Kind == "signer")
            .ShouldContain(entry => Math.Abs(entry.Seconds - TimeSpan.FromDays(100).TotalSeconds) < 2);
        seen.ShouldContain(entry => entry.Kind == "root");
    }

    [Fact]
    public async Task A_new_key_is_taken_without_a_reload_and_a_bad_one_is_told_once()
    {
        await using StirSite site = new();
        site.Use(Signing());
        string Serial() => site.Engine.Configuration.Sign!.Keys.Current!.Certificate.Certificate.SerialNumber;
        string before = Serial();
        await site.TurnAsync();

        site.Renew();
        await site.TurnAsync();
        Serial().ShouldNotBe(before);
        site.Log.Of(2169).ShouldHaveSingleItem();

        string renewed = Serial();
        using var foreign = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        site.Write("chain.pem", site.Authority.Chain(site.Authority.IssueSigner("9999", foreign)));
        await site.TurnAsync();
        await site.TurnAsync();
        Serial().ShouldBe(renewed, "key and certificate do not match: the pair in force stays");
        site.Log.Of(2010).ShouldHaveSingleItem().ShouldContain("KeyMismatch");
    }

    [Theory]
    [InlineData("same", null)]
    [InlineData("other", "AnotherKey")]
    [InlineData("missing", "FetchStatus")]
    public async Task A_chain_that_verifiers_do_not_find_is_told(string published, string? reason)
    {
        await using StirSite site = new();
        site.Use(Signing(site.Host));
        await site.TurnAsync();
        if (published != "missing")
        {
            site.Host.Documents["chain.pem"] = System.Text.Encoding.ASCII.GetBytes(site.Chain);
        }

        if (published == "other")
        {
            site.Renew();
        }

        site.Clock.Advance(TimeSpan.FromSeconds(10));
        await site.TurnAsync();

        string[] told = [.. site.Log.Of(2166)];
        told.Length.ShouldBe(reason is null ? 0 : 1);
        told.ShouldAllBe(line => line.Contains(reason!, StringComparison.Ordinal));
    }

    private static async Task RevokedAsync(StirSite site)
    {
        VerificationResult result = (await site.VerifyAsync());
        result.Identities[0].Fault.ShouldBe(Fault.CertificateRevoked);
        result.Status.ShouldBe(FaultStatus.UnsupportedCredential);
    }

    private static string WithList(StirSite site) =>
        $"{{ trust: root.pem, test-hosts: [ \"{site.Host.Host}\" ], cache: cache, trust-list: {{ url: \"{site.Host.Url("list")}\", administrator: administrator.pem }} }}";

    private static string WithCrl(StirSite site, string missing) =>
        $"{{ trust: root.pem, test-hosts: [ \"{site.Host.Host}\" ], cache: cache, crl: {{ url: \"{site.Host.Url("crl")}\", issuer: crl-issuer.pem, missing: {missing} }} }}";

    private static string Signing(DocumentHost? host = null) =>
        host is null
            ? "{ trust: root.pem, sign: { certificate: \"https://cert.example/chain.pem\", key: key.pem } }"
            : $"{{ trust: root.pem, test-hosts: [ \"{host.Host}\" ], sign: {{ certificate: \"{host.Url("chain.pem")}\", key: key.pem }} }}";
}
