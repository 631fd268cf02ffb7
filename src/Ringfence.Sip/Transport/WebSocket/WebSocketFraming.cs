using System.Buffers;
using System.Text.Unicode;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// One SIP message a WebSocket message, in one frame or several (RFC 7118 §4.2, RFC 6455 §5). Lengths are checked against the limit before
/// anything is kept. Closes by code what breaks the rules.
/// </summary>
internal sealed class WebSocketFraming(StreamConnection connection, ParserLimits limits) : IStreamFraming
{
    private byte[]? _parts;
    private int _length;
    private WebSocketOpcode _message;
    private bool _isInFrame;

    public StreamPhase Phase => _isInFrame || _message != 0 ? StreamPhase.Body : StreamPhase.Idle;

    public Frame Read(Span<byte> buffered)
    {
        if (!WebSocketHeader.TryRead(buffered, out WebSocketHeader header, out bool isSound))
        {
            _isInFrame = !buffered.IsEmpty;
            return isSound ? default : Close(WebSocketClose.ProtocolError);
        }

        if (!header.IsControl && (header.Opcode == WebSocketOpcode.Continuation) != (_message != 0))
        {
            return Close(WebSocketClose.ProtocolError);
        }

        if (header.PayloadLength + (ulong)_length > (ulong)limits.StreamMessage)
        {
            return Close(WebSocketClose.TooLarge);
        }

        int consumed = header.Length + (int)header.PayloadLength;
        _isInFrame = buffered.Length < consumed;
        if (_isInFrame)
        {
            return default;
        }

        Span<byte> payload = buffered[header.Length..consumed];
        WebSocketHeader.Unmask(payload, buffered.Slice(header.Length - 4, 4));
        return header.IsControl ? Control(header, payload, consumed) : Data(header, payload, consumed);
    }

    public void Dispose() => Release();

    private Frame Control(in WebSocketHeader header, ReadOnlySpan<byte> payload, int consumed)
    {
        switch (header.Opcode)
        {
            case WebSocketOpcode.Close:
                // One byte cannot be a code (§5.5.1).
                return payload.Length == 1
                    ? Close(WebSocketClose.ProtocolError)
                    : Close(WebSocketClose.Normal, isAnswer: true);
            case WebSocketOpcode.Ping:
                connection.Answer(WebSocketOpcode.Pong, payload);
                break;
        }

        return new Frame(FrameStatus.Pong, consumed);
    }

    private Frame Data(in WebSocketHeader header, ReadOnlySpan<byte> payload, int consumed)
    {
        _message = header.Opcode == WebSocketOpcode.Continuation ? _message : header.Opcode;
        if (header.IsFinal && _length == 0)
        {
            return Message(payload, consumed);
        }

        Append(payload);
        if (!header.IsFinal)
        {
            return new Frame(FrameStatus.Pong, consumed);
        }

        Frame frame = Message(_parts.AsSpan(0, _length), consumed);
        Release();
        return frame;
    }

    private Frame Message(ReadOnlySpan<byte> message, int consumed)
    {
        bool isBadText = _message == WebSocketOpcode.Text && !Utf8.IsValid(message);
        _message = 0;
        if (isBadText)
        {
            return Close(WebSocketClose.NotText);
        }

        if (Datagrams.Classify(message) == DatagramKind.KeepAlive)
        {
            return new Frame(message.Length >= 4 ? FrameStatus.Ping : FrameStatus.Pong, consumed);
        }

        ParseResult result = SipParser.Parse(message, limits);
        return result.Message is null
            ? Close(WebSocketClose.ProtocolError)
            : new Frame(FrameStatus.Message, consumed, result.Message, result.Malformed);
    }

    private Frame Close(WebSocketClose code, bool isAnswer = false)
    {
        connection.Close(code);
        return new Frame(FrameStatus.Malformed, 0, null, isAnswer ? Malformed.None : new Malformed(Fault.NotSip));
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        _parts ??= ArrayPool<byte>.Shared.Rent(Math.Max(payload.Length, 1024));
        if (_parts.Length < _length + payload.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_parts.Length * 2, _length + payload.Length));
            _parts.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_parts);
            _parts = larger;
        }

        payload.CopyTo(_parts.AsSpan(_length));
        _length += payload.Length;
    }

    private void Release()
    {
        if (_parts is not null)
        {
            ArrayPool<byte>.Shared.Return(_parts);
            _parts = null;
        }

        _length = 0;
    }
}
