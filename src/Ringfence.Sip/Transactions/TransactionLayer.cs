using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>A lane's transactions (RFC 3261 §17, RFC 6026): what stands between the transports and the calls.</summary>
public sealed class TransactionLayer : IMessageSink
{
    /// <summary>An empty layer.</summary>
    /// <param name="lane">The lane that everything runs on.</param>
    /// <param name="wire">Where messages leave.</param>
    /// <param name="timers">The timer values.</param>
    /// <param name="limits">What is kept at most.</param>
    public TransactionLayer(Lane lane, IWire wire, SipTimers timers, TransactionLimits limits)
    {
        Lane = lane;
    }

    /// <summary>The lane that everything runs on.</summary>
    public Lane Lane { get; }

    /// <summary>Transactions that are alive, lingering ones included.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void OnMessage(in Peer from, in ParseResult message) { }

    /// <inheritdoc/>
    public void OnTransportError(in Peer to) { }
}
