namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>WebSocket frames (RFC 6455 §5.2), each message of which is one SIP message (RFC 7118 §5).</summary>
internal sealed class WebSocketStream(StreamRoute route, PacketTransport transport)
{
    private readonly GrowingBuffer _buffer = new();
    private readonly GrowingBuffer _message = new();
    private bool _skipMessage;

    /// <summary>Whether bytes are a frame with the beginning of a SIP message in it.</summary>
    public static bool LooksLikeSip(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] is not (0x81 or 0x82 or 0x01 or 0x02))
        {
            return false;
        }

        if (!WebSocketFrame.TryReadHead(bytes, out var frame))
        {
            return false;
        }

        var body = bytes[frame.HeadLength..];
        Span<byte> start = stackalloc byte[Math.Min(1_024, body.Length)];
        frame.Unmask(body[..start.Length], start);
        return SipSniffer.Look(start) == SipLikeness.Yes;
    }

    public void Interrupted()
    {
        _buffer.Clear();
        _message.Clear();
        _skipMessage = true;
    }

    public void Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes, byte dscp)
    {
        if (_buffer.Length + bytes.Length > 2 * route.MaxBytes)
        {
            Interrupted();
            return;
        }

        _buffer.Append(bytes);
        while (WebSocketFrame.TryReadHead(_buffer.Span, out var frame))
        {
            if (frame.Length > route.MaxBytes)
            {
                Interrupted();
                return;
            }

            var whole = frame.HeadLength + (int)frame.Length;
            if (_buffer.Length < whole)
            {
                return;
            }

            TakeFrame(stamp, frame, _buffer.Span[frame.HeadLength..whole], dscp);
            _buffer.Drop(whole);
        }
    }

    private void TakeFrame(in FrameStamp stamp, in WebSocketFrame frame, ReadOnlySpan<byte> body, byte dscp)
    {
        if (frame.IsControl)
        {
            return;
        }

        if (!frame.IsContinuation)
        {
            _message.Clear();

            // A compressed message (RFC 7692) sets a reserved bit; sip over WebSocket has no use for it.
            _skipMessage = frame.Reserved;
        }

        if (_skipMessage || _message.Length + body.Length > route.MaxBytes)
        {
            return;
        }

        var clear = new byte[body.Length];
        frame.Unmask(body, clear);
        _message.Append(clear);
        if (!frame.IsFinal)
        {
            return;
        }

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
                Payload = _message.Span,
            }
        );
        _message.Clear();
    }
}
