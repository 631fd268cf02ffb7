using Ringfence.Sip.Transport;

namespace Ringfence.Callers;

/// <summary>Notes what leaves.</summary>
internal sealed class TappedWire(IWire wire, LadderLog log) : IWire
{
    /// <inheritdoc/>
    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        log.Note(message, isSent: true);
        return wire.Send(to, message);
    }

    /// <inheritdoc/>
    public bool TryLocal(in Peer to, out Peer local) => wire.TryLocal(to, out local);

    /// <inheritdoc/>
    public Peer WayFor(in Peer to, int length) => wire.WayFor(to, length);

    /// <inheritdoc/>
    public bool KeepAlive(in Peer flow, TimeSpan period) => wire.KeepAlive(flow, period);
}
