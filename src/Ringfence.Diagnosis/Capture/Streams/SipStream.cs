namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Cuts a byte stream into SIP messages by their Content-Length (RFC 3261 §18.3).</summary>
internal sealed class SipStream(StreamRoute route, PacketTransport transport)
{
    private readonly GrowingBuffer _buffer = new();
    private int _searched;

    /// <summary>Takes bytes; false when they are no SIP and the rest was dropped.</summary>
    public bool Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes, byte dscp)
    {
        int consumed;
        if (_buffer.Length == 0)
        {
            consumed = Cut(stamp, bytes, dscp);
            if (consumed >= 0 && consumed < bytes.Length)
            {
                _buffer.Append(bytes[consumed..]);
            }
        }
        else
        {
            _buffer.Append(bytes);
            consumed = Cut(stamp, _buffer.Span, dscp);
            if (consumed > 0)
            {
                _buffer.Drop(consumed);
            }
        }

        if (consumed >= 0 && _buffer.Length <= route.MaxBytes)
        {
            return true;
        }

        Interrupted();
        return false;
    }

    public void Interrupted()
    {
        _buffer.Clear();
        _searched = 0;
    }

    /// <summary>No more will come: an unfinished message is delivered as far as it is there.</summary>
    public void Ended(in FrameStamp stamp, byte dscp)
    {
        var rest = _buffer.Span;
        if (rest.IndexOf("\r\n\r\n"u8) > 0)
        {
            Deliver(stamp, rest, dscp, truncated: true);
        }

        Interrupted();
    }

    // Returns how many bytes are done with, or -1 if what stands here is no message.
    private int Cut(in FrameStamp stamp, ReadOnlySpan<byte> bytes, byte dscp)
    {
        var at = 0;
        while (true)
        {
            if (_searched == 0)
            {
                at += SipSniffer.LeadingLineEnds(bytes[at..]);
            }

            var rest = bytes[at..];
            if (rest.IsEmpty)
            {
                return at;
            }

            if (_searched == 0 && SipSniffer.Look(rest) == SipLikeness.No)
            {
                return -1;
            }

            var from = Math.Max(0, _searched - 3);
            var headEnd = rest[from..].IndexOf("\r\n\r\n"u8);
            if (headEnd < 0)
            {
                _searched = rest.Length;
                return at;
            }

            headEnd += from + 4;
            var length = headEnd + BodyLength(rest, headEnd);
            if (length > rest.Length)
            {
                // The next search finds the end of the head again at once.
                _searched = headEnd - 1;
                return at;
            }

            Deliver(stamp, rest[..length], dscp, truncated: false);
            _searched = 0;
            at += length;
        }
    }

    // Without a Content-Length the body ends where the segment does, unless the next message begins right behind the head.
    private static int BodyLength(ReadOnlySpan<byte> rest, int headEnd)
    {
        if (ContentLength.TryFind(rest[..headEnd], out var length))
        {
            return length;
        }

        var behind = rest[headEnd..];
        return behind.IsEmpty || behind[0] is (byte)'\r' or (byte)'\n' || SipSniffer.Look(behind) == SipLikeness.Yes
            ? 0
            : behind.Length;
    }

    private void Deliver(in FrameStamp stamp, ReadOnlySpan<byte> message, byte dscp, bool truncated) =>
        _ = route.Outlet.TrySip(
            new CapturedPacket
            {
                Frame = stamp.Number,
                Time = stamp.Time,
                Input = stamp.Input,
                Source = route.Source,
                Destination = route.Destination,
                Transport = transport,
                Dscp = dscp,
                Truncated = truncated,
                Payload = message,
            }
        );
}
