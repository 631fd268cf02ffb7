using System.Net;
using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Time;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class MemoryNetworkTests
{
    private static readonly IPAddress AliceAddress = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress BobAddress = IPAddress.Parse("192.0.2.2");

    private readonly ManualClock _clock = new();
    private readonly RecordingSink _alice = new();
    private readonly RecordingSink _bob = new();

    private (MemoryNetwork Network, MemoryNode Alice, MemoryNode Bob) Build(int seed = 1)
    {
        var network = new MemoryNetwork(_clock, seed);
        MemoryNode alice = network.Add(new IPEndPoint(AliceAddress, 5060), NewLane());
        MemoryNode bob = network.Add(new IPEndPoint(BobAddress, 5060), NewLane());
        alice.Attach(_alice);
        bob.Attach(_bob);
        return (network, alice, bob);
    }

    private Lane NewLane() => new(0, _clock, LaneRandom.Seeded(7));

    private static Peer Tcp(MemoryNode node) => node.Local with { Kind = TransportKind.Tcp };

    [Fact]
    public void A_message_arrives_after_the_delay_of_its_link_and_names_its_sender()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.SetLink(AliceAddress, BobAddress, new LinkConditions { Delay = 40 });

        alice.Wire.Send(bob.Local, Sample.Request()).ShouldBe(SendOutcome.Sent);
        network.Run(TimeSpan.FromMilliseconds(39));
        _bob.Count.ShouldBe(0);
        network.Run(TimeSpan.FromMilliseconds(1));

        (Peer from, ParseResult result) = _bob.Next();
        from.ShouldBe(alice.Local);
        result.IsSound.ShouldBeTrue();
        bob.Lane.Now.ShouldBe(40);
    }

    [Fact]
    public void Loss_and_duplication_come_in_the_shares_asked_for()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.Conditions = new LinkConditions { Loss = 0.3, Duplication = 0.2 };
        var copies = new List<int>();
        network.Carried = carried => copies.Add(carried.Copies);

        for (int i = 0; i < 10_000; i++)
        {
            alice.Wire.Send(bob.Local, Sample.Request());
        }

        network.RunUntilIdle(TimeSpan.FromSeconds(1)).ShouldBeTrue();
        copies.Count(c => c == 0).ShouldBeInRange(2800, 3200);
        copies.Count(c => c == 2).ShouldBeInRange(1250, 1550);
        _bob.Count.ShouldBe(copies.Sum());
    }

    [Fact]
    public void With_jitter_messages_overtake_each_other_and_the_same_seed_gives_the_same_order()
    {
        string first = OrderOf(seed: 5);

        first.ShouldBe(OrderOf(seed: 5));
        first.ShouldNotBe(OrderOf(seed: 6));
        first.ShouldNotBe(string.Join(' ', Enumerable.Range(0, 20)));
    }

    private static string OrderOf(int seed)
    {
        var one = new MemoryNetworkTests();
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = one.Build(seed);
        network.Conditions = new LinkConditions { Jitter = 50 };
        for (int i = 0; i < 20; i++)
        {
            alice.Wire.Send(bob.Local, Sample.Request(callId: $"{i}"));
        }

        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        return string.Join(' ', Enumerable.Range(0, 20).Select(_ => one._bob.NextCallId()));
    }

    [Fact]
    public void A_stream_keeps_order_and_loses_nothing_whatever_the_link()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.Conditions = new LinkConditions
        {
            Jitter = 50,
            Loss = 0.9,
            Duplication = 0.5,
        };
        for (int i = 0; i < 20; i++)
        {
            alice.Wire.Send(Tcp(bob), Sample.Request(callId: $"{i}"));
        }

        network.RunUntilIdle(TimeSpan.FromSeconds(1)).ShouldBeTrue();

        _bob.Count.ShouldBe(20);
        for (int i = 0; i < 20; i++)
        {
            _bob.NextCallId().ShouldBe($"{i}");
        }
    }

    [Fact]
    public void A_response_goes_back_on_the_connection_of_its_request()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        alice.Wire.Send(Tcp(bob), Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        Peer from = _bob.Next().From;
        from.Connection.ShouldNotBe(0);
        from.Port.ShouldNotBe((ushort)5060);

        bob.Wire.Send(from, Sample.Response()).ShouldBe(SendOutcome.Sent);
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        _alice.Next().From.ShouldBe(Tcp(bob) with { Connection = from.Connection });
    }

    [Fact]
    public void A_broken_connection_is_told_to_both_ends_and_leads_nowhere_any_more()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "first"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        Peer from = _bob.Next().From;
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "on its way"));

        network.BreakConnections(AliceAddress, BobAddress);
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        _alice.NextError().ShouldBe(Tcp(bob) with { Connection = from.Connection });
        _bob.NextError().ShouldBe(from);
        _bob.Count.ShouldBe(0);
        bob.Wire.Send(from, Sample.Response()).ShouldBe(SendOutcome.NoRoute);
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "a new one"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        _bob.NextCallId().ShouldBe("a new one");
    }

    [Fact]
    public void A_link_that_refuses_tells_the_sender()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.SetLink(AliceAddress, BobAddress, new LinkConditions { Refuses = true });

        alice.Wire.Send(bob.Local, Sample.Request());
        alice.Wire.Send(Tcp(bob), Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        _alice.NextError().ShouldBe(bob.Local);
        _alice.NextError().ShouldBe(Tcp(bob));
        _bob.Count.ShouldBe(0);
    }

    [Fact]
    public void An_address_where_nobody_lives_swallows_datagrams_and_refuses_connections()
    {
        (MemoryNetwork network, MemoryNode alice, _) = Build();
        Peer nobody = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.99:5060"));

        alice.Wire.Send(nobody, Sample.Request());
        alice.Wire.Send(nobody with { Kind = TransportKind.Tcp }, Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        _alice.Errors.ShouldBe(1);
        _alice.NextError().Kind.ShouldBe(TransportKind.Tcp);
    }

    [Fact]
    public void A_large_request_goes_by_tcp_until_tcp_is_refused()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();

        alice.Wire.WayFor(bob.Local, 1300).ShouldBe(bob.Local);
        Peer way = alice.Wire.WayFor(bob.Local, 1301);
        way.ShouldBe(Tcp(bob));

        network.SetLink(AliceAddress, BobAddress, new LinkConditions { Refuses = true });
        alice.Wire.Send(way, Sample.Request(body: new string('x', 1300)));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        _alice.NextError().ShouldBe(way);
        alice.Wire.WayFor(bob.Local, 1301).ShouldBe(bob.Local);
        alice.Lane.Timers.Arm(new CallbackEntry((_, _) => { }), 10 * 60 * 1000);
        network.RunUntilIdle(TimeSpan.FromHours(1)).ShouldBeTrue();
        alice.Wire.WayFor(bob.Local, 1301).ShouldBe(way);
    }

    [Fact]
    public void Timers_and_deliveries_happen_in_the_order_of_their_times()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        var order = new List<string>();
        _bob.Arriving = (_, result) => order.Add($"{Sample.CallId(result.Message!)} {bob.Lane.Now}");
        alice.Lane.Timers.Arm(
            new CallbackEntry(
                (entry, now) =>
                {
                    order.Add($"timer {now}");
                    alice.Wire.Send(bob.Local, Sample.Request(callId: "second"));
                }
            ),
            500
        );
        alice.Wire.Send(bob.Local, Sample.Request(callId: "first"));

        network.RunUntilIdle(TimeSpan.FromSeconds(32)).ShouldBeTrue();

        order.ShouldBe(["first 1", "timer 500", "second 501"]);
    }

    [Fact]
    public void A_timer_that_never_ends_keeps_the_network_from_being_idle()
    {
        (MemoryNetwork network, MemoryNode alice, _) = Build();
        alice.Lane.Timers.Arm(new CallbackEntry((self, _) => alice.Lane.Timers.Arm(self, 100)), 100);

        network.RunUntilIdle(TimeSpan.FromSeconds(5)).ShouldBeFalse();
        _clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_is_not_sip_and_malformed_responses_go_no_further()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();

        alice.Wire.Send(bob.Local, "GET / HTTP/1.1\r\n\r\n"u8);
        alice.Wire.Send(bob.Local, Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        bob.Dropped.ShouldBe(2);
        _bob.Count.ShouldBe(0);
    }

    [Fact]
    public void The_local_address_is_the_nodes_own_within_its_family()
    {
        (_, MemoryNode alice, MemoryNode bob) = Build();

        alice.Wire.TryLocal(Tcp(bob), out Peer local).ShouldBeTrue();
        local.ShouldBe(Tcp(alice));
        alice
            .Wire.TryLocal(Peer.From(TransportKind.Udp, IPEndPoint.Parse("[2001:db8::1]:5060")), out _)
            .ShouldBeFalse();
    }

    [Fact]
    public void Two_nodes_cannot_share_an_address()
    {
        (MemoryNetwork network, _, _) = Build();

        Should.Throw<ArgumentException>(() => network.Add(new IPEndPoint(BobAddress, 5060), NewLane()));
    }
}
