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

        // A log that says "sent" and no more: the request itself says to whom (RFC 3261 §8.1.2), and its response comes from there.
        if (context.Direction == LogDirection.Sent && !response && destination.IsUnknown)
        {
            destination = Target(message);
            hosts.Ask(Branch(message), destination);
        }
        else if (context.Direction == LogDirection.Received && response && source.IsUnknown)
        {
            source = hosts.Asked(Branch(message));
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

    // The address in the first Route, else in the request URI; unknown if that is a name.
    private static PacketAddress Target(ReadOnlySpan<byte> message)
    {
        var route = Value(message, "route"u8, "route"u8);
        var line = route.IsEmpty ? message[..Math.Max(0, message.IndexOf((byte)'\r'))] : route;
        var scheme = line.IndexOf("sip:"u8);
        if (scheme < 0)
        {
            return default;
        }

        var uri = line[(scheme + 4)..];
        var end = uri.IndexOfAny(" ;>?,"u8);
        uri = end < 0 ? uri : uri[..end];
        uri = uri[(uri.LastIndexOf((byte)'@') + 1)..];
        return LogAddress.TryParse(uri, out var address, out _) && !address.IsUnknown
            ? address.WithPort(address.Port == 0 ? 5060 : address.Port)
            : default;
    }

    private static string Branch(ReadOnlySpan<byte> message)
    {
        var via = ViaValue(message);
        var at = via.IndexOf("branch="u8);
        var branch = at < 0 ? default : via[(at + 7)..];
        var end = branch.IndexOfAny(";, "u8);
        return Encoding.Latin1.GetString(end < 0 ? branch : branch[..end]);
    }

    private static bool TopVia(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> sentBy)
    {
        var value = ViaValue(message);
        var semicolon = value.IndexOfAny((byte)';', (byte)',');
        value = (semicolon < 0 ? value : value[..semicolon]).Trim((byte)' ');
        sentBy = value[(value.LastIndexOf((byte)' ') + 1)..];
        return !sentBy.IsEmpty;
    }

    private static ReadOnlySpan<byte> ViaValue(ReadOnlySpan<byte> message) => Value(message, "via"u8, "v"u8);

    private static ReadOnlySpan<byte> Value(
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> longName,
        ReadOnlySpan<byte> compact
    )
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
            if (Ascii.EqualsIgnoreCase(name, longName) || Ascii.EqualsIgnoreCase(name, compact))
            {
                return line[(colon + 1)..];
            }
        }

        return default;
    }
}
