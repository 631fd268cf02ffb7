using System.Net;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

/// <summary>Alice and Bob in a network of their own.</summary>
public abstract class MemoryPair
{
    protected static IPAddress AliceAddress { get; } = IPAddress.Parse("192.0.2.1");
    protected static IPAddress BobAddress { get; } = IPAddress.Parse("192.0.2.2");

    protected ManualClock Clock { get; } = new();
    private protected RecordingSink AliceSink { get; } = new();
    private protected RecordingSink BobSink { get; } = new();

    protected (MemoryNetwork Network, MemoryNode Alice, MemoryNode Bob) Build(int seed = 1)
    {
        var network = new MemoryNetwork(Clock, seed);
        MemoryNode alice = network.Add(new IPEndPoint(AliceAddress, 5060), NewLane());
        MemoryNode bob = network.Add(new IPEndPoint(BobAddress, 5060), NewLane());
        alice.Attach(AliceSink);
        bob.Attach(BobSink);
        return (network, alice, bob);
    }

    protected Lane NewLane() => new(0, Clock, LaneRandom.Seeded(7));

    protected static Peer Tcp(MemoryNode node) => node.Local with { Kind = TransportKind.Tcp };
}
