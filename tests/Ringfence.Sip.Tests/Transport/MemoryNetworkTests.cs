using System.Net;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class MemoryNetworkTests : MemoryPair
{
    [Fact]
    public void A_message_arrives_after_the_delay_of_its_link_and_names_its_sender()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.SetLink(AliceAddress, BobAddress, new LinkConditions { Delay = 40 });

        alice.Wire.Send(bob.Local, Sample.Request()).ShouldBe(SendOutcome.Sent);
        network.Run(TimeSpan.FromMilliseconds(39));
        BobSink.Count.ShouldBe(0);
        network.Run(TimeSpan.FromMilliseconds(1));

        (Peer from, ParseResult result) = BobSink.Next();
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
        BobSink.Count.ShouldBe(copies.Sum());
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
        return string.Join(' ', Enumerable.Range(0, 20).Select(_ => one.BobSink.NextCallId()));
    }

    [Fact]
    public void A_link_that_refuses_tells_the_sender()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        network.SetLink(AliceAddress, BobAddress, new LinkConditions { Refuses = true });

        alice.Wire.Send(bob.Local, Sample.Request());
        alice.Wire.Send(Tcp(bob), Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        AliceSink.NextError().ShouldBe(bob.Local);
        AliceSink.NextError().ShouldBe(Tcp(bob));
        BobSink.Count.ShouldBe(0);
    }

    [Fact]
    public void An_address_where_nobody_lives_swallows_datagrams_and_refuses_connections()
    {
        (MemoryNetwork network, MemoryNode alice, _) = Build();
        Peer nobody = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.99:5060"));

        alice.Wire.Send(nobody, Sample.Request());
        alice.Wire.Send(nobody with { Kind = TransportKind.Tcp }, Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        AliceSink.Errors.ShouldBe(1);
        AliceSink.NextError().Kind.ShouldBe(TransportKind.Tcp);
    }

    [Fact]
    public void Timers_and_deliveries_happen_in_the_order_of_their_times()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        var order = new List<string>();
        BobSink.Arriving = (_, result) => order.Add($"{Sample.CallId(result.Message!)} {bob.Lane.Now}");
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
        Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_is_not_sip_and_malformed_responses_go_no_further()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();

        alice.Wire.Send(bob.Local, "GET / HTTP/1.1\r\n\r\n"u8);
        alice.Wire.Send(bob.Local, Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        bob.Dropped.ShouldBe(2);
        BobSink.Count.ShouldBe(0);
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
