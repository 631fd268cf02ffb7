using System.Text;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Fills in the ends that a log does not name. The topmost Via is that of the sender of a request and of the receiver of its responses
/// (RFC 3261 §18.1.1, §18.2.2).
/// </summary>
internal static class LogParties
{
    public static void Settle(
        ReadOnlySpan<byte> message,
        in LogContext context,
        LogHosts hosts,
        out PacketAddress source,
        out PacketAddress destination
    )
    {
        var response = message.StartsWith("SIP/2.0 "u8);
        var via = default(PacketAddress);
        var hasVia = TopVia(message, out var sentBy) && LogAddress.TryParse(sentBy, out via, out _);
        var fromVia = hasVia ? via.WithPort(via.Port == 0 ? 5060 : via.Port) : default;

        // Ours is the Via of a request that we sent and of a response that we got.
        if (
            hasVia
            && (
                (context.Direction == LogDirection.Sent && !response)
                || (context.Direction == LogDirection.Received && response)
            )
        )
        {
            hosts.Learn(response ? context.Source : context.Destination, fromVia);
        }

        (source, destination) = (context.Source, context.Destination);
        if (context.Direction == LogDirection.Sent && source.IsUnknown)
        {
            source = hosts.Towards(destination);
        }
        else if (context.Direction == LogDirection.Received && destination.IsUnknown)
        {
            destination = hosts.Towards(source);
        }

        if (source.IsUnknown && hasVia && !response)
        {
            source = fromVia;
        }

        if (destination.IsUnknown && hasVia && response)
        {
            destination = fromVia;
        }
    }

    /// <summary>The transport that the topmost Via names.</summary>
    public static PacketTransport TransportOf(ReadOnlySpan<byte> message)
    {
        var line = ViaValue(message);
        var slash = line.LastIndexOf("SIP/2.0/"u8);
        if (slash < 0)
        {
            return PacketTransport.Unknown;
        }

        var name = line[(slash + 8)..];
        var end = name.IndexOf((byte)' ');
        return LogAddress.TryTransport(end < 0 ? name : name[..end], out var transport)
            ? transport
            : PacketTransport.Unknown;
    }

    private static bool TopVia(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> sentBy)
    {
        var value = ViaValue(message);
        var semicolon = value.IndexOfAny((byte)';', (byte)',');
        value = (semicolon < 0 ? value : value[..semicolon]).Trim((byte)' ');
        sentBy = value[(value.LastIndexOf((byte)' ') + 1)..];
        return !sentBy.IsEmpty;
    }

    private static ReadOnlySpan<byte> ViaValue(ReadOnlySpan<byte> message)
    {
        foreach (var range in message.Split((byte)'\n'))
        {
            var line = message[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                break;
            }

            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                continue;
            }

            var name = line[..colon].Trim((byte)' ');
            if (Ascii.EqualsIgnoreCase(name, "via"u8) || Ascii.EqualsIgnoreCase(name, "v"u8))
            {
                return line[(colon + 1)..];
            }
        }

        return default;
    }
}
