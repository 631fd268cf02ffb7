using Ringfence.Sip.Tests.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class MemoryStreamTests : MemoryPair
{
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

        BobSink.Count.ShouldBe(20);
        for (int i = 0; i < 20; i++)
        {
            BobSink.NextCallId().ShouldBe($"{i}");
        }
    }

    [Fact]
    public void A_response_goes_back_on_the_connection_of_its_request()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        alice.Wire.Send(Tcp(bob), Sample.Request());
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        Peer from = BobSink.Next().From;
        from.Connection.ShouldNotBe(0);
        from.Port.ShouldNotBe((ushort)5060);

        bob.Wire.Send(from, Sample.Response()).ShouldBe(SendOutcome.Sent);
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        AliceSink.Next().From.ShouldBe(Tcp(bob) with { Connection = from.Connection });
    }

    [Fact]
    public void A_broken_connection_is_told_to_both_ends_and_leads_nowhere_any_more()
    {
        (MemoryNetwork network, MemoryNode alice, MemoryNode bob) = Build();
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "first"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        Peer from = BobSink.Next().From;
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "on its way"));

        network.BreakConnections(AliceAddress, BobAddress);
        network.RunUntilIdle(TimeSpan.FromSeconds(1));

        AliceSink.NextError().ShouldBe(Tcp(bob) with { Connection = from.Connection });
        BobSink.NextError().ShouldBe(from);
        BobSink.Count.ShouldBe(0);
        bob.Wire.Send(from, Sample.Response()).ShouldBe(SendOutcome.NoRoute);
        alice.Wire.Send(Tcp(bob), Sample.Request(callId: "a new one"));
        network.RunUntilIdle(TimeSpan.FromSeconds(1));
        BobSink.NextCallId().ShouldBe("a new one");
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

        AliceSink.NextError().ShouldBe(way);
        alice.Wire.WayFor(bob.Local, 1301).ShouldBe(bob.Local);
        alice.Lane.Timers.Arm(new CallbackEntry((_, _) => { }), 10 * 60 * 1000);
        network.RunUntilIdle(TimeSpan.FromHours(1)).ShouldBeTrue();
        alice.Wire.WayFor(bob.Local, 1301).ShouldBe(way);
    }
}
