using System.Net;
using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests;

public sealed class RoutingTests
{
    private static readonly TargetConfiguration Pbx = new("sip:192.0.2.9", null, "192.0.2.9", 5060, TransportKind.Udp);

    [Theory]
    [InlineData("+33199001234", "exact")]
    [InlineData("+33199001235", "+331*")]
    [InlineData("+33900000000", "+33*")]
    [InlineData("+4420", "*")]
    public void The_longest_match_wins_and_an_exact_one_before_it(string callee, string route)
    {
        RouteTable table = new([
            new("*", [Pbx], ForkMode.Sequential),
            new("+33*", [Pbx], ForkMode.Sequential),
            new("+33199001234", [Pbx], ForkMode.Sequential),
            new("+331*", [Pbx], ForkMode.Sequential),
        ]);

        string found = table.Find(Encoding.ASCII.GetBytes(callee))!.Configuration.Match;

        found.ShouldBe(route == "exact" ? "+33199001234" : route);
    }

    [Fact]
    public void A_number_without_a_route_has_none() =>
        new RouteTable([new("+33*", [Pbx], ForkMode.Sequential)]).Find("+4420"u8).ShouldBeNull();

    [Theory]
    [InlineData("sip:192.0.2.9", null, TransportKind.Udp, "sip:+33199@192.0.2.9:5060")]
    [InlineData("sip:desk@192.0.2.9", "desk", TransportKind.Udp, "sip:desk@192.0.2.9:5060")]
    [InlineData("sip:192.0.2.9", null, TransportKind.Tcp, "sip:+33199@192.0.2.9:5060;transport=tcp")]
    public void A_target_keeps_the_called_number_unless_it_names_a_user(
        string uri,
        string? user,
        TransportKind transport,
        string expected
    )
    {
        RouteTarget target = new(new TargetConfiguration(uri, user, "192.0.2.9", 5060, transport));

        Encoding.ASCII.GetString(target.RequestUri("+33199"u8)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("192.0.2.77", true)]
    [InlineData("192.0.3.1", false)]
    [InlineData("2001:db8::5", true)]
    [InlineData("2001:db9::5", false)]
    [InlineData("::ffff:192.0.2.1", true)]
    public void A_trunk_holds_the_addresses_of_its_networks(string address, bool holds)
    {
        Trunk trunk = new(
            new TrunkConfiguration
            {
                Name = "a",
                From = [new(IPNetwork.Parse("192.0.2.0/24"), 0), new(IPNetwork.Parse("2001:db8::/32"), 0)],
            },
            new ManualClock()
        );

        trunk.Holds(Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Parse(address), 5060))).ShouldBe(holds);
    }

    [Theory]
    [InlineData(5060, true)]
    [InlineData(5061, false)]
    public void A_trunk_may_be_one_port_of_an_address(int port, bool holds)
    {
        TrunkSource.TryParse("192.0.2.7:5060", out TrunkSource source).ShouldBeTrue();
        Trunk trunk = new(new TrunkConfiguration { Name = "a", From = [source] }, new ManualClock());

        trunk.Holds(Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Parse("192.0.2.7"), port))).ShouldBe(holds);
    }

    [Fact]
    public void A_trunk_admits_its_rate_and_one_second_of_burst()
    {
        ManualClock clock = new();
        TokenBucket bucket = new(10, clock);

        Enumerable.Range(0, 100).Count(_ => bucket.TryTake()).ShouldBe(10);
        clock.Advance(TimeSpan.FromMilliseconds(300));
        Enumerable.Range(0, 100).Count(_ => bucket.TryTake()).ShouldBe(3);
        clock.Advance(TimeSpan.FromHours(1));
        Enumerable.Range(0, 100).Count(_ => bucket.TryTake()).ShouldBe(10);
    }
}
