using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>One user agent of the stack on a network without sockets.</summary>
internal sealed class CallSide
{
    internal CallSide(MemoryNetwork network, ManualClock clock, string address, int seed, CallOptions? options = null)
    {
        Node = network.Add(System.Net.IPEndPoint.Parse(address), new Lane(0, clock, LaneRandom.Seeded(seed)));
        Transactions = new TransactionLayer(Node.Lane, Node.Wire, SipTimers.Default, TransactionLimits.Default);
        Calls = new CallLayer(Transactions, Owner, options ?? CallOptions.Default);
        Node.Attach(Transactions);
    }

    internal MemoryNode Node { get; }

    internal TransactionLayer Transactions { get; }

    internal CallLayer Calls { get; }

    internal Recorder Owner { get; } = new();

    internal List<string> Heard => Owner.Heard;

    internal static Body Offer { get; } = Body.Sdp(Encoding.ASCII.GetBytes(Tests.Transactions.SipText.Body));

    internal Invitation To(MemoryNode other, TransportKind kind = TransportKind.Udp) =>
        new()
        {
            Destination = other.Local with { Kind = kind },
            RequestUri = "sip:bob@192.0.2.2"u8.ToArray(),
            From = "<sip:alice@192.0.2.1>"u8.ToArray(),
            To = "<sip:bob@192.0.2.2>"u8.ToArray(),
            Body = Offer,
        };

    internal OutgoingCall Invite(MemoryNode other, TransportKind kind = TransportKind.Udp) =>
        Calls.Invite(To(other, kind), Owner);

    /// <summary>Nothing is left of any call: no transaction, dialog, timer or buffer.</summary>
    internal void ShouldBeEmpty()
    {
        Calls.Count.ShouldBe(0);
        Calls.Dialogs.Count.ShouldBe(0);
        Transactions.Count.ShouldBe(0);
        Transactions.Pool.Outstanding.ShouldBe(0);
        Node.Lane.Timers.Count.ShouldBe(0);
    }
}
