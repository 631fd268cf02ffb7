using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>One address in a <see cref="MemoryNetwork"/>, with the lane that lives there.</summary>
public sealed class MemoryNode
{
    internal MemoryNode(MemoryNetwork network, in Peer local, Lane lane)
    {
        Local = local;
        Lane = lane;
        Refusals = new StreamRefusals(lane);
        Wire = new MemoryWire(network, this);
    }

    /// <summary>Its address, as UDP.</summary>
    public Peer Local { get; }

    /// <summary>The lane that the network turns.</summary>
    public Lane Lane { get; }

    /// <summary>By this the node sends.</summary>
    public IWire Wire { get; }

    /// <summary>What is parsed at most.</summary>
    public ParserLimits Limits { get; set; } = ParserLimits.Default;

    /// <summary>How many messages came that went no further: no SIP at all, or malformed responses (RFC 3261 §18.1.2).</summary>
    public int Dropped { get; private set; }

    internal IMessageSink? Sink { get; private set; }

    internal StreamRefusals Refusals { get; }

    /// <summary>Says who gets what arrives; until then, it is lost.</summary>
    public void Attach(IMessageSink sink) => Sink = sink;

    internal void Deliver(MemoryDelivery delivery)
    {
        if (delivery.Bytes is not { } bytes)
        {
            if (delivery.Other.IsReliable)
            {
                Refusals.Add(delivery.Other);
            }

            Sink?.OnTransportError(delivery.Other);
            return;
        }

        ParseResult result = SipParser.Parse(bytes, Limits);
        if (result.Message is null || (result.Malformed.IsFault && result.Message is SipResponse))
        {
            Dropped++;
            return;
        }

        Sink?.OnMessage(delivery.Other, result);
    }
}
