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

    /// <summary>How many messages came that were not SIP at all, and went no further.</summary>
    public int Dropped { get; private set; }

    internal IMessageSink? Sink { get; private set; }

    /// <summary>Says who gets what arrives; until then, it is lost.</summary>
    public void Attach(IMessageSink sink) => Sink = sink;

    internal void Deliver(MemoryDelivery delivery)
    {
        if (delivery.Bytes is not { } bytes)
        {
            Sink?.OnTransportError(delivery.Other);
            return;
        }

        ParseResult result = SipParser.Parse(bytes, Limits);
        if (result.Message is null)
        {
            Dropped++;
            return;
        }

        Sink?.OnMessage(delivery.Other, result);
    }
}
