using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>The procedure of RFC 3263 §4, case by case.</summary>
public class SipResolverTests
{
    private readonly ManualClock _clock = new();
    private readonly Zone _zone = new();
    private ResolverOptions _options = new() { Families = [System.Net.Sockets.AddressFamily.InterNetwork] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sip:192.0.2.1", "udp:192.0.2.1:5060")]
    [InlineData("sip:bob@192.0.2.1:5080", "udp:192.0.2.1:5080")]
    [InlineData("sip:192.0.2.1;transport=tcp", "tcp:192.0.2.1:5060")]
    [InlineData("sip:192.0.2.1;transport=TLS", "tls:192.0.2.1:5061")]
    [InlineData("sips:192.0.2.1", "tls:192.0.2.1:5061")]
    [InlineData("sips:192.0.2.1;transport=tcp", "tls:192.0.2.1:5061")]
    [InlineData("sip:[2001:db8::1]", "udp:[2001:db8::1]:5060")]
    [InlineData("sip:example.com;maddr=192.0.2.9", "udp:192.0.2.9:5060")]
    public async Task An_address_needs_no_DNS(string uri, string peer)
    {
        (await Peers(uri)).ShouldBe([peer]);
        _zone.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sip:192.0.2.1;transport=ws", "ws:192.0.2.1:80")]
    [InlineData("sips:192.0.2.1;transport=ws", "wss:192.0.2.1:443")]
    public async Task WebSocket_has_its_own_ports(string uri, string peer)
    {
        _options = _options with { Transports = [TransportKind.Ws, TransportKind.Wss] };
        (await Peers(uri)).ShouldBe([peer]);
    }

    [Theory]
    [InlineData("sip:a.test;transport=sctp")]
    [InlineData("sips:a.test;transport=udp")]
    [InlineData("sip:a.test;transport=ws")]
    [InlineData("sips:192.0.2.1;transport=udp")]
    public async Task A_transport_that_we_do_not_have_is_unsupported(string uri) =>
        (await Resolve(uri)).Status.ShouldBe(ResolveStatus.Unsupported);

    [Theory]
    [InlineData("tel:+15551234")]
    [InlineData("http://a.test")]
    [InlineData("sip:")]
    [InlineData("sip:a..test")]
    [InlineData("sip:1234567890123456789012345678901234567890123456789012345678901234.test")]
    [InlineData("sip:x.test;maddr=a..b")]
    public async Task What_is_no_name_is_malformed(string uri)
    {
        (await Resolve(uri)).Status.ShouldBe(ResolveStatus.Malformed);
        _zone.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sip:127.1:5060")]
    [InlineData("sip:010.0.0.1:5060")]
    [InlineData("sip:2130706433:5060")]
    [InlineData("sip:0x7f.1:5060")]
    public async Task An_address_written_oddly_is_a_name(string uri)
    {
        (await Resolve(uri)).Status.ShouldBe(ResolveStatus.NotFound);
        _zone.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_a_port_only_the_address_is_asked_for()
    {
        _zone.A("a.test", "192.0.2.1", "192.0.2.2");
        (await Peers("sip:A.Test:5070")).ShouldBe(["udp:192.0.2.1:5070", "udp:192.0.2.2:5070"]);
        _zone.Asked.ShouldBe(["A a.test"]);
    }

    [Fact]
    public async Task NAPTR_chooses_the_most_preferred_transport_that_we_have()
    {
        _zone
            .Naptr(
                "a.test",
                (90, 50, "SIP+D2T", "_sip._tcp.b.test"),
                (50, 50, "SIPS+D2T", "_sips._tcp.b.test"),
                (10, 1, "SIP+D2S", "_sip._sctp.b.test")
            )
            .Srv("_sips._tcp.b.test", (0, 0, 5091, "h.test"))
            .Srv("_sip._tcp.b.test", (0, 0, 5090, "h.test"))
            .A("h.test", "192.0.2.1");
        (await Peers("sip:a.test")).ShouldBe(["tls:192.0.2.1:5091"]);
        _options = _options with { Transports = [TransportKind.Udp, TransportKind.Tcp] };
        (await Peers("sip:a.test")).ShouldBe(["tcp:192.0.2.1:5090"]);
    }

    [Fact]
    public async Task A_sips_URI_takes_no_service_that_is_not_secure()
    {
        _zone
            .Naptr("a.test", (1, 1, "SIP+D2U", "_sip._udp.a.test"), (2, 1, "SIPS+D2T", "_sips._tcp.a.test"))
            .Srv("_sip._udp.a.test", (0, 0, 5060, "h.test"))
            .Srv("_sips._tcp.a.test", (0, 0, 5061, "h.test"))
            .A("h.test", "192.0.2.1")
            .A("plain.test", "192.0.2.2")
            .Srv("_sip._udp.plain.test", (0, 0, 5060, "h.test"));
        (await Peers("sips:a.test")).ShouldBe(["tls:192.0.2.1:5061"]);
        (await Peers("sips:plain.test")).ShouldBe(["tls:192.0.2.2:5061"]);
        _options = _options with { Transports = [TransportKind.Udp] };
        (await Resolve("sips:plain.test")).Targets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_NAPTR_that_rewrites_or_has_another_flag_is_passed_over()
    {
        _zone.A("a.test", "192.0.2.1").A("evil.test", "203.0.113.66");
        _zone.Add(
            "a.test",
            DnsType.Naptr,
            [
                new NaptrRecord("a.test", 60, 1, 1, "u", "SIP+D2U", "!.*!sip:evil.test!", ""),
                new NaptrRecord("a.test", 60, 1, 2, "s", "SIP+D2U", "!x!y!", "evil.test"),
                new NaptrRecord("a.test", 60, 1, 3, "s", "SIP+D2U", "", ""),
            ]
        );
        (await Peers("sip:a.test")).ShouldBe(["udp:192.0.2.1:5060"]);
    }

    [Fact]
    public async Task Without_NAPTR_the_services_are_asked_for_in_our_order()
    {
        _zone.Srv("_sip._tcp.a.test", (0, 0, 5090, "h.test")).A("h.test", "192.0.2.1");
        (await Peers("sip:a.test")).ShouldBe(["tcp:192.0.2.1:5090"]);
        _zone.Asked.ShouldBe(["Naptr a.test", "Srv _sip._udp.a.test", "Srv _sip._tcp.a.test", "A h.test"]);
    }

    [Theory]
    [InlineData("sip:a.test;transport=udp", "_sip._udp.a.test")]
    [InlineData("sip:a.test;transport=tcp", "_sip._tcp.a.test")]
    [InlineData("sip:a.test;transport=tls", "_sips._tcp.a.test")]
    [InlineData("sips:a.test;transport=tcp", "_sips._tcp.a.test")]
    public async Task With_a_transport_its_service_is_asked_for_and_then_the_address(string uri, string service)
    {
        _zone.A("a.test", "192.0.2.1");
        (await Resolve(uri)).Targets.Count.ShouldBe(1);
        _zone.Asked.ShouldBe([$"Srv {service}", "A a.test"]);
    }

    [Fact]
    public async Task A_service_that_says_no_is_not_gone_round()
    {
        _zone.Srv("_sip._udp.a.test", (0, 0, 0, "")).A("a.test", "192.0.2.1");
        (await Resolve("sip:a.test;transport=udp")).Status.ShouldBe(ResolveStatus.NotFound);
    }

    [Fact]
    public async Task Priorities_come_in_order_and_families_in_ours()
    {
        _options = new ResolverOptions();
        _zone
            .Srv("_sip._udp.a.test", (20, 0, 5060, "late.test"), (10, 0, 5060, "first.test"))
            .A("late.test", "192.0.2.2")
            .A("first.test", "192.0.2.1")
            .Aaaa("first.test", "2001:db8::1");
        (await Peers("sip:a.test;transport=udp")).ShouldBe([
            "udp:192.0.2.1:5060",
            "udp:[2001:db8::1]:5060",
            "udp:192.0.2.2:5060",
        ]);
    }

    [Fact]
    public void Weights_draw_as_often_as_they_say()
    {
        var random = new Random(3);
        ServiceRecord[] records =
        [
            .. new[] { 0, 10, 30, 60 }.Select(w => new ServiceRecord("s", 1, 1, (ushort)w, 5060, $"w{w}")),
        ];
        Dictionary<string, int> first = records.ToDictionary(record => record.Target, _ => 0);
        for (int i = 0; i < 10_000; i++)
        {
            List<ServiceRecord> sorted = ServiceOrder.Sort(records, random.Next);
            sorted.Distinct().Count().ShouldBe(4);
            first[sorted[0].Target]++;
        }

        first["w0"].ShouldBeInRange(20, 300);
        first["w10"].ShouldBeInRange(800, 1200);
        first["w30"].ShouldBeInRange(2700, 3300);
        first["w60"].ShouldBeInRange(5600, 6400);
    }

    [Fact]
    public async Task The_name_for_the_certificate_is_that_of_the_URI()
    {
        _zone.Srv("_sips._tcp.a.test", (0, 0, 5061, "h.evil.test")).A("h.evil.test", "192.0.2.1");
        (await Resolve("sips:bob@a.test;transport=tcp")).Targets[0].Host.ShouldBe("a.test");
    }

    [Fact]
    public async Task Targets_are_bounded_and_come_once()
    {
        _zone.A("a.test", [.. Enumerable.Range(1, 200).Select(i => $"192.0.2.{(i % 100) + 1}")]);
        Resolution found = await Resolve("sip:a.test:5060");
        found.Targets.Count.ShouldBe(16);
        found.Targets.Distinct().Count().ShouldBe(16);
    }

    [Fact]
    public async Task Silence_ends_the_search_and_an_error_does_not()
    {
        _zone.A("a.test", "192.0.2.1").Fail("a.test", DnsType.Naptr, DnsStatus.Silent);
        (await Resolve("sip:a.test")).Status.ShouldBe(ResolveStatus.Unavailable);
        _zone.Asked.Count.ShouldBe(1);
        _zone.Fail("a.test", DnsType.Naptr, DnsStatus.Failed);
        (await Peers("sip:a.test")).ShouldBe(["udp:192.0.2.1:5060"]);
        _zone.Fail("b.test", DnsType.A, DnsStatus.Failed);
        (await Resolve("sip:b.test:5060")).Status.ShouldBe(ResolveStatus.Unavailable);
    }

    [Fact]
    public async Task After_a_failure_comes_the_next_and_the_dead_one_comes_last_until_it_is_forgiven()
    {
        _zone.A("a.test", "192.0.2.1", "192.0.2.2");
        SipResolver resolver = Resolver();
        Resolution found = await resolver.ResolveAsync("sip:a.test:5060"u8, Token);
        var way = new Failover(found, resolver.Dead);
        way.TryNext(null, out SipTarget? next).ShouldBeTrue();
        next!.Value.Peer.ToString().ShouldBe("udp:192.0.2.2:5060");
        way.TryNext(null, out _).ShouldBeFalse();
        way.Reached();

        (await Peers("sip:a.test:5060", resolver)).ShouldBe(["udp:192.0.2.2:5060", "udp:192.0.2.1:5060"]);
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await Peers("sip:a.test:5060", resolver)).ShouldBe(["udp:192.0.2.1:5060", "udp:192.0.2.2:5060"]);
    }

    [Fact]
    public void Retry_After_of_a_503_is_kept_to_but_not_for_ever()
    {
        SipResolver resolver = Resolver();
        var peer = new Peer(TransportKind.Udp, 1, 5060);
        resolver.Dead.Add(peer with { Connection = 7, Listener = 2 }, TimeSpan.FromDays(300));
        _clock.Advance(TimeSpan.FromMinutes(59));
        resolver.Dead.Contains(peer).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(1));
        resolver.Dead.Contains(peer).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stateless_proxy_gets_the_same_order_for_the_same_transaction()
    {
        string[] Hosts(int turn) => [.. Enumerable.Range(0, 4).Select(i => $"192.0.2.{((i + turn) % 4) + 1}")];
        (int, int, int, string)[] records = [.. Enumerable.Range(0, 6).Select(i => (1, 10, 5060 + i, "h.test"))];
        var orders = new HashSet<string>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            _zone.Srv("_sip._udp.a.test", records).A("h.test", Hosts(0));
            string first = string.Join(
                ' ',
                (await Resolver().ResolveAsync("sip:a.test;transport=udp"u8, seed, Token)).Targets
            );
            _zone.Srv("_sip._udp.a.test", [.. records.Reverse()]).A("h.test", Hosts(2));
            string.Join(' ', (await Resolver().ResolveAsync("sip:a.test;transport=udp"u8, seed, Token)).Targets)
                .ShouldBe(first);
            orders.Add(first);
        }

        orders.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_lane_asks_without_waiting_and_hears_on_its_own_turn()
    {
        var gate = new TaskCompletionSource();
        _zone.A("a.test", "192.0.2.1").Gate = gate;
        var cache = new DnsCache(_zone, new DnsOptions { Servers = [] }, _clock);
        var lane = new Lane(0, _clock, LaneRandom.Seeded(1));
        var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lane.Wake = () => posted.TrySetResult();
        var asking = new LaneResolver(new SipResolver(cache, _options, _clock, new Random(1).Next), lane, limit: 1);
        Resolution? heard = null;

        asking.Ask("sip:a.test:5060"u8, found => heard = found).ShouldBeNull();
        asking.Ask("sip:b.test:5060"u8, _ => { })!.Status.ShouldBe(ResolveStatus.Unavailable);
        gate.SetResult();
        await posted.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        heard.ShouldBeNull();
        lane.Turn();
        heard!.Targets.Count.ShouldBe(1);
        asking.Open.ShouldBe(0);
        asking.Ask("sip:a.test:5060"u8, _ => { })!.Targets.ShouldBe(heard.Targets);
    }

    private SipResolver Resolver() => new(_zone, _options, _clock, new Random(1).Next);

    private async Task<Resolution> Resolve(string uri) =>
        await Resolver().ResolveAsync(Encoding.ASCII.GetBytes(uri), Token);

    private async Task<string[]> Peers(string uri, SipResolver? resolver = null) =>
        [
            .. (await (resolver ?? Resolver()).ResolveAsync(Encoding.ASCII.GetBytes(uri), Token)).Targets.Select(
                target => target.Peer.ToString()
            ),
        ];
}
