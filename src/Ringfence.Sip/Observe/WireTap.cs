using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>
/// Shows a lane's messages to taps, both ways, in the clear whatever the transport. A lane that is not tapped has no tap in its way.
/// <code>
/// SipTransport.Open(options, (lane, wire) =>
/// {
///     wire = WireTap.On(wire, lane, taps);
///     return WireTap.On(new TransactionLayer(lane, wire, …), wire, lane, taps);
/// });
/// </code>
/// </summary>
public static class WireTap
{
    /// <summary>The wire, tapped: what leaves. The same wire when there are no taps.</summary>
    public static IWire On(IWire wire, Lane lane, IReadOnlyList<IMessageTap> taps)
    {
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(taps);
        return taps.Count == 0 ? wire : new TappedWire(wire, lane, [.. taps]);
    }

    /// <summary>The sink, tapped: what comes. The same sink when there are no taps.</summary>
    /// <param name="sink">Where messages go on to.</param>
    /// <param name="wire">Knows this end's addresses.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="taps">Who is to see them.</param>
    public static IMessageSink On(IMessageSink sink, IWire wire, Lane lane, IReadOnlyList<IMessageTap> taps)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(taps);
        return taps.Count == 0 ? sink : new TappedSink(sink, wire, lane, [.. taps]);
    }

    private static void Show(
        IMessageTap[] taps,
        Lane lane,
        IWire wire,
        in Peer remote,
        ReadOnlySpan<byte> bytes,
        bool isIncoming
    )
    {
        if (!wire.TryLocal(remote, out Peer local))
        {
            local = remote with { Address = remote.IsIPv4 ? Peer.MappedPrefix : UInt128.Zero, Port = 0 };
        }

        var message = new TappedMessage
        {
            IsIncoming = isIncoming,
            Local = local,
            Remote = remote,
            Time = lane.UtcNow,
            Bytes = bytes,
        };
        foreach (IMessageTap tap in taps)
        {
            tap.OnMessage(message);
        }
    }

    private sealed class TappedWire(IWire wire, Lane lane, IMessageTap[] taps) : IWire
    {
        public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
        {
            SendOutcome outcome = wire.Send(to, message);
            if (outcome == SendOutcome.Sent)
            {
                Show(taps, lane, wire, to, message, isIncoming: false);
            }

            return outcome;
        }

        public bool TryLocal(in Peer to, out Peer local) => wire.TryLocal(to, out local);

        public Peer WayFor(in Peer to, int length) => wire.WayFor(to, length);

        public bool KeepAlive(in Peer flow, TimeSpan period) => wire.KeepAlive(flow, period);
    }

    private sealed class TappedSink(IMessageSink sink, IWire wire, Lane lane, IMessageTap[] taps) : IMessageSink
    {
        public void OnMessage(in Peer from, in ParseResult message)
        {
            Show(taps, lane, wire, from, message.Message!.Bytes, isIncoming: true);
            sink.OnMessage(from, message);
        }

        public void OnTransportError(in Peer to) => sink.OnTransportError(to);
    }
}
