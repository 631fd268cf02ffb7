using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Transactions;

/// <summary>The topmost Via of a message: who is answered, and where (RFC 3261 §18.2.2, RFC 3581).</summary>
internal static class TopVia
{
    private const int DefaultPort = 5060;

    /// <summary>The value of the topmost Via; empty when there is none.</summary>
    internal static ReadOnlySpan<byte> Item(SipMessage message)
    {
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.Via))
        {
            return item;
        }

        return default;
    }

    internal static bool TryRead(SipMessage message, out Via via) => Via.TryParse(Item(message), out via);

    /// <summary>
    /// Where the response goes: over the same connection, or to the source address, at its own port with rport and at the port
    /// of the sent-by without. Never to another host: maddr is not followed, lest others be flooded by what is said here.
    /// </summary>
    internal static Peer ReplyTo(in Peer from, in Via via)
    {
        int port = via.SentBy.Port == 0 ? DefaultPort : via.SentBy.Port;
        return from.IsReliable || via.HasRport
            ? from
            : new Peer(from.Kind, from.Address, (ushort)port, from.Listener, from.Connection);
    }
}
