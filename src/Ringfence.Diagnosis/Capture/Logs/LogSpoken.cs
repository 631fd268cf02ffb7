using System.Text;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// A line that says in words which way the next message went: <c>Sent:</c>, <c>Incoming SIP Message from 192.0.2.1:5060 to …</c>,
/// <c>On [1:0]192.0.2.2:5060 sent to 192.0.2.1:5060</c>, <c>received [363] new bytes from [UDP://192.0.2.1:5060]:</c>,
/// <c>Outgoing SIP TCP message to 192.0.2.1 on port 5060</c>.
/// </summary>
internal static class LogSpoken
{
    private const int MaxWords = 40;

    /// <summary>Takes the direction, and the addresses if the line names some; false if it says no direction.</summary>
    public static bool Observe(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var (own, peer) = (default(PacketAddress), default(PacketAddress));
        var direction = LogDirection.Unknown;
        var transport = PacketTransport.Unknown;
        var ends = line.TrimEnd((byte)' ').EndsWith(":"u8);
        var (words, afterPort) = (0, false);
        foreach (var range in line.SplitAny(" \t|"u8))
        {
            var word = line[range].Trim("()<>,;:\"'"u8);
            if (word.IsEmpty || ++words > MaxWords)
            {
                continue;
            }

            if (direction == LogDirection.Unknown && DirectionOf(word) is not LogDirection.Unknown and var said)
            {
                direction = said;
            }
            else if (TryAddress(word, out var address, ref transport))
            {
                if (direction == LogDirection.Unknown)
                {
                    own = address;
                }
                else if (peer.IsUnknown)
                {
                    peer = address;
                }
            }
            else if (afterPort && peer is { IsUnknown: false, Port: 0 } && ushort.TryParse(word, out var port))
            {
                peer = peer.WithPort(port);
            }

            afterPort = Ascii.EqualsIgnoreCase(word, "port"u8);
        }

        // A direction without an address is prose, unless the message follows a colon.
        if (direction == LogDirection.Unknown || (peer.IsUnknown && !ends))
        {
            return false;
        }

        own = peer.IsUnknown || own.Port == 0 ? default : own;
        peer = peer is { IsUnknown: false, Port: 0 } ? peer.WithPort(5060) : peer;
        context.Direction = direction;
        context.Transport = transport;
        (context.Source, context.Destination) = direction == LogDirection.Sent ? (own, peer) : (peer, own);
        return true;
    }

    private static LogDirection DirectionOf(ReadOnlySpan<byte> word) =>
        word.Length is < 2 or > 12 ? LogDirection.Unknown
        : IsAny(word, "received", "receive", "receiving", "recv", "incoming", "rx") ? LogDirection.Received
        : IsAny(word, "sent", "send", "sending", "outgoing", "tx", "transmitted") ? LogDirection.Sent
        : LogDirection.Unknown;

    private static bool IsAny(ReadOnlySpan<byte> word, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Ascii.EqualsIgnoreCase(word, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryAddress(ReadOnlySpan<byte> word, out PacketAddress address, ref PacketTransport transport)
    {
        // dest=192.0.2.1:5060; UDP://192.0.2.1:5060 in brackets; a realm or interface in brackets before the address.
        word = word[(word.LastIndexOf((byte)'=') + 1)..];
        if (word.StartsWith("["u8) && word.IndexOf((byte)']') is > 0 and var close)
        {
            var within = word[1..close];
            var inBrackets = within.Count((byte)':') > 1 && within.IndexOf((byte)'/') < 0;
            word =
                close + 1 < word.Length && !inBrackets ? word[(close + 1)..]
                : inBrackets ? word
                : within;
        }

        var scheme = word.IndexOf("://"u8);
        if (scheme > 0)
        {
            _ = LogAddress.TryTransport(word[..scheme], out transport);
            word = word[(scheme + 3)..];
        }

        address = default;
        var looks = word.Count((byte)'.') >= 3 || word.Count((byte)':') > 1;
        if (!looks || !LogAddress.TryParse(word, out address, out var named))
        {
            return false;
        }

        transport = named == PacketTransport.Unknown ? transport : named;
        return true;
    }
}
