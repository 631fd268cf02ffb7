using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Runs alone: it measures the memory of the whole process.</summary>
[Collection(nameof(StreamMemoryTests))]
[CollectionDefinition(nameof(StreamMemoryTests), DisableParallelization = true)]
public class StreamMemoryTests
{
    [Fact]
    public async Task A_thousand_connections_that_announce_large_bodies_cost_little_and_are_closed()
    {
        var clock = new ManualClock();
        await using var rig = new TransportRig(
            new SipTransportOptions
            {
                Listen = [],
                Clock = clock,
                StreamLimits = new StreamLimits { PerSource = 1000 },
            }
        );
        List<StreamClient> clients = [];
        byte[] request = Sample.Request(
            via: "SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKa",
            body: new string('x', 32_000)
        );
        byte[] head = request[..600];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1000; i++)
        {
            StreamClient client = StreamClient.Connect(rig.Tcp);
            client.Send(head);
            clients.Add(client);
        }

        rig.Await(counters => counters.ConnectionsAccepted, 1000);
        SpinWait.SpinUntil(() => rig.CountReading(StreamPhase.Body) == 1000, RecordingSink.Deadline).ShouldBeTrue();
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1000;
        clock.Advance(TimeSpan.FromSeconds(32));

        each.ShouldBeLessThan(32 * 1024);
        rig.Transport.Count().ConnectionsOpen.ShouldBe(0);
        rig.Transport.Count().ConnectionsTimedOut.ShouldBe(1000);
        clients.ForEach(client => client.Dispose());
    }
}
