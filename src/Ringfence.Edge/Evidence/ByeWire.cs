using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Evidence;

/// <summary>A lane's wire that shows the BYEs of proxied calls to whoever waits for them; everything else goes by unread.</summary>
internal sealed class ByeWire(IWire wire, TalkingCalls calls) : IWire
{
    /// <inheritdoc/>
    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        if (
            calls.Count > 0
            && message.StartsWith("BYE "u8)
            && SipParser.Parse(message, ParserLimits.Default) is { Message: SipRequest bye }
        )
        {
            calls.Ended(bye);
        }

        return wire.Send(to, message);
    }

    /// <inheritdoc/>
    public bool TryLocal(in Peer to, out Peer local) => wire.TryLocal(to, out local);

    /// <inheritdoc/>
    public Peer WayFor(in Peer to, int length) => wire.WayFor(to, length);
}
