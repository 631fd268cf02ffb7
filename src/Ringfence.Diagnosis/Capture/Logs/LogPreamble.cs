namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>The lines that programs write around a message: each kind is recognised by itself, wherever it stands.</summary>
internal static class LogPreamble
{
    /// <summary>Takes what a line says of the next message; true if the line belongs to a frame around messages.</summary>
    public static bool Observe(ReadOnlySpan<byte> line, ref LogContext context)
    {
        // sipdump writes the time twice, and this one without its fraction.
        if (
            !line.StartsWith("date: "u8)
            && (
                LogTimestamp.TryFind(line, context, out var time, out _)
                || LogTimestamp.TryStamp(line, context, out time)
            )
        )
        {
            context.Time = time;
        }

        return ObserveArrow(line, ref context)
            || ObserveAsterisk(line, ref context)
            || ObserveFreeSwitch(line, ref context)
            || ObserveSipp(line, ref context)
            || ObservePjsip(line, ref context)
            || ObserveField(line, ref context)
            || IsSeparator(line)
            || LogSpoken.Observe(line, ref context);
    }

    /// <summary>Whether a line is one of the rules that are drawn between messages.</summary>
    public static bool IsSeparator(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        return line.StartsWith("----------"u8)
            || line.StartsWith("=========="u8)
            || line.StartsWith("~~~~~~~~~~"u8)
            || line.StartsWith("||||||||||"u8)
            || line.StartsWith("<---"u8)
            || line.StartsWith("--end msg--"u8);
    }

    /// <summary>Whether a line begins what is written before a message, so that a message cannot go on over it.</summary>
    public static bool BeginsFrame(ReadOnlySpan<byte> line)
    {
        var context = default(LogContext);
        return IsSeparator(line)
            || ObserveArrow(line, ref context)
            || ObserveAsterisk(line, ref context)
            || ObserveFreeSwitch(line, ref context)
            || ObserveSipp(line, ref context)
            || ObservePjsip(line, ref context);
    }

    // sngrep, ngrep and Homer: "2021/07/12 11:47:35.854 192.0.2.1:5060 -> 192.0.2.2:5060"; OpenSIPS: "1559123758.904466 UDP/SIP 192.0.2.1:5060 -> …".
    private static bool ObserveArrow(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var arrow = line.IndexOf("-> "u8);
        if (arrow < 1)
        {
            return false;
        }

        var left = line[..arrow].TrimEnd("- "u8);
        var right = line[(arrow + 3)..].TrimStart((byte)' ');
        var rightEnd = right.IndexOf((byte)' ');
        right = rightEnd < 0 ? right : right[..rightEnd];
        left = left[(left.LastIndexOf((byte)' ') + 1)..];
        if (
            !LogAddress.TryParse(left, out var source, out _) || !LogAddress.TryParse(right, out var destination, out _)
        )
        {
            return false;
        }

        (context.Source, context.Destination) = (source, destination);
        context.Direction = LogDirection.Unknown;
        if (LogTimestamp.TryEpoch(line, out var epoch))
        {
            context.Time = epoch;
        }

        var protocol = line.IndexOf("proto:"u8);
        if (protocol >= 0)
        {
            var name = line[(protocol + 6)..];
            var nameEnd = name.IndexOf((byte)' ');
            _ = LogAddress.TryTransport(nameEnd < 0 ? name : name[..nameEnd], out context.Transport);
        }
        else if (line[..arrow].IndexOf("/SIP "u8) is > 0 and var slash)
        {
            var name = line[..slash];
            _ = LogAddress.TryTransport(name[(name.LastIndexOf((byte)' ') + 1)..], out context.Transport);
        }
        else if (line.StartsWith("U "u8) || line.StartsWith("T "u8))
        {
            context.Transport = line[0] == (byte)'U' ? PacketTransport.Udp : PacketTransport.Tcp;
        }

        return true;
    }

    // Asterisk: "<--- Received SIP request (857 bytes) from UDP:192.0.2.1:5060 --->", "Reliably Transmitting (NAT) to 192.0.2.1:5060:".
    private static bool ObserveAsterisk(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var received = line.IndexOf("Received SIP "u8) >= 0 || line.IndexOf("SIP read from "u8) >= 0;
        var sent = line.IndexOf("ransmitting"u8) >= 0;
        return (received || sent) && ObservePeer(line, received ? "from "u8 : "to "u8, received, ref context);
    }

    // FreeSWITCH: "recv 857 bytes from udp/[192.0.2.1]:5060 at 12:34:56.789012:".
    private static bool ObserveFreeSwitch(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var received = line.IndexOf("recv "u8) is >= 0 and < 80;
        var sent = line.IndexOf("send "u8) is >= 0 and < 80;
        return (received || sent)
            && line.IndexOf(" bytes "u8) > 0
            && ObservePeer(line, received ? " from "u8 : " to "u8, received, ref context);
    }

    private static bool ObservePeer(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<byte> word,
        bool received,
        ref LogContext context
    )
    {
        var at = line.LastIndexOf(word);
        if (at < 0)
        {
            return false;
        }

        var peer = line[(at + word.Length)..].TrimStart((byte)' ');
        var end = peer.IndexOf((byte)' ');
        peer = (end < 0 ? peer : peer[..end]).TrimEnd((byte)':');
        if (!LogAddress.TryParse(peer, out var address, out var transport))
        {
            return false;
        }

        context.Transport = transport;
        context.Direction = received ? LogDirection.Received : LogDirection.Sent;
        (context.Source, context.Destination) = received
            ? (address, default(PacketAddress))
            : (default(PacketAddress), address);
        return true;
    }

    // SIPp: "UDP message sent (404 bytes):", "TCP message received [483] bytes :".
    private static bool ObserveSipp(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var at = line.IndexOf(" message "u8);
        if (at is < 2 or > 4 || !LogAddress.TryTransport(line[..at], out var transport))
        {
            return false;
        }

        var rest = line[(at + 9)..];
        if (!rest.StartsWith("sent"u8) && !rest.StartsWith("received"u8))
        {
            return false;
        }

        context.Transport = transport;
        context.Direction = rest[0] == (byte)'s' ? LogDirection.Sent : LogDirection.Received;
        return true;
    }

    // PJSIP: "12:00:00.123 pjsua_core.c ..TX 495 bytes Request msg REGISTER/cseq=1 (tdta0x5) to UDP 192.0.2.1:5060:".
    private static bool ObservePjsip(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var received = line.IndexOf("RX "u8) >= 0;
        if ((!received && line.IndexOf("TX "u8) < 0) || line.IndexOf(" bytes Re"u8) < 0)
        {
            return false;
        }

        var peer = line.LastIndexOf(received ? " from "u8 : " to "u8);
        var name = peer < 0 ? default : line[(peer + (received ? 6 : 4))..];
        var end = name.IndexOf((byte)' ');
        return end > 0
            && LogAddress.TryTransport(name[..end], out var transport)
            && ObservePeer(name, name[..(end + 1)], received, ref context)
            && (context.Transport = transport) != PacketTransport.Unknown;
    }

    // Kamailio sipdump: one field a line.
    private static bool ObserveField(ReadOnlySpan<byte> line, ref LogContext context)
    {
        var colon = line.IndexOf((byte)':');
        if (colon is < 3 or > 8 || line.Length < colon + 3)
        {
            return false;
        }

        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (name.SequenceEqual("time"u8) && LogTimestamp.TryEpoch(value, out var time))
        {
            context.Time = time;
            return true;
        }

        if (name.SequenceEqual("proto"u8))
        {
            var end = value.IndexOf((byte)' ');
            return LogAddress.TryTransport(end < 0 ? value : value[..end], out context.Transport);
        }

        return ObserveEnd(name, value, "srcip"u8, "srcport"u8, ref context.Source)
            || ObserveEnd(name, value, "dstip"u8, "dstport"u8, ref context.Destination);
    }

    private static bool ObserveEnd(
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> host,
        ReadOnlySpan<byte> port,
        ref PacketAddress address
    )
    {
        if (name.SequenceEqual(host))
        {
            if (LogAddress.TryHost(value, default, out var parsed))
            {
                address = parsed.WithPort(address.Port);
            }

            return true;
        }

        if (name.SequenceEqual(port) && System.Buffers.Text.Utf8Parser.TryParse(value, out ushort number, out _))
        {
            address = address.WithPort(number);
            return true;
        }

        return false;
    }
}
