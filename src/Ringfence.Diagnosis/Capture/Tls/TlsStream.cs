using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>One direction of a TLS connection: records in, application data out where the keys are known.</summary>
internal sealed class TlsStream(TlsSession session, StreamRoute route, StreamPayload content)
{
    private const byte ChangeCipherSpec = 20;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const int RecordHeader = 5;
    private const int MaxRecord = 16_384 + 2_048;

    // Two bytes, their type and the tag of the cipher. A client that accepts the certificate answers it with Finished, which is longer (RFC 8446 §5.2).
    private const int EncryptedAlert = 2 + 1 + 16;

    private const byte ClientHelloMessage = 1;
    private const byte ServerHelloMessage = 2;
    private const byte FinishedMessage = 20;
    private const byte KeyUpdateMessage = 24;

    private readonly GrowingBuffer _records = new();
    private readonly GrowingBuffer _handshake = new();
    private RecordCipher? _cipher;
    private byte[]? _secret;
    private bool _fromClient;
    private bool _protected;
    private bool _broken;

    public static bool LooksLikeRecord(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 3 && bytes[0] is >= 20 and <= 23 && bytes[1] == 3 && bytes[2] <= 4;

    public void Interrupted()
    {
        // Records are numbered by counting them: after a gap none of this direction opens any more.
        _broken = true;
        _records.Clear();
        _handshake.Clear();
    }

    public void Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        if (_broken)
        {
            return;
        }

        if (_records.Length + bytes.Length > route.MaxBytes)
        {
            Interrupted();
            return;
        }

        _records.Append(bytes);
        while (_records.Length >= RecordHeader && !_broken)
        {
            var head = _records.Span;
            int length = BinaryPrimitives.ReadUInt16BigEndian(head[3..]);
            if (!LooksLikeRecord(head) || length > MaxRecord)
            {
                Interrupted();
                return;
            }

            if (head.Length < RecordHeader + length)
            {
                return;
            }

            TakeRecord(stamp, head[..RecordHeader], head.Slice(RecordHeader, length));
            _records.Drop(Math.Min(_records.Length, RecordHeader + length));
        }
    }

    private void TakeRecord(in FrameStamp stamp, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var type = header[0];
        if (type == ChangeCipherSpec)
        {
            if (!session.IsTls13)
            {
                _cipher = session.Tls12Cipher(_fromClient);
                _protected = true;
            }

            return;
        }

        if (type == ApplicationData && session.IsTls13 && !_protected)
        {
            Use(session.TrafficSecret(_fromClient, handshake: true));
            if (_cipher is null && _fromClient && body.Length == EncryptedAlert)
            {
                session.Fetch.Alert(stamp, "alert");
            }
        }

        if (!_protected)
        {
            TakeClear(stamp, type, body);
            return;
        }

        if (_cipher?.Open(header, body) is not { } clear)
        {
            return;
        }

        var contents = clear.AsSpan();
        if (session.IsTls13)
        {
            // The real type stands behind the contents, and zeros may follow it (RFC 8446 §5.2).
            contents = contents.TrimEnd((byte)0);
            type = contents.IsEmpty ? (byte)0 : contents[^1];
            contents = contents.IsEmpty ? contents : contents[..^1];
        }

        TakeClear(stamp, type, contents);
    }

    private void TakeClear(in FrameStamp stamp, byte type, ReadOnlySpan<byte> contents)
    {
        if (type == ApplicationData && _protected)
        {
            content.Take(stamp, contents);
        }
        else if (type == Alert && contents.Length == 2)
        {
            session.Alert(stamp, route, contents[1]);
        }
        else if (type == Handshake && _handshake.Length + contents.Length <= route.MaxBytes)
        {
            _handshake.Append(contents);
            TakeHandshake(stamp);
        }
    }

    private void TakeHandshake(in FrameStamp stamp)
    {
        while (_handshake.Length >= 4)
        {
            var head = _handshake.Span;
            var length = (head[1] << 16) | (head[2] << 8) | head[3];
            if (head.Length < 4 + length)
            {
                return;
            }

            TakeHandshakeMessage(stamp, head[0], head.Slice(4, length));
            _handshake.Drop(4 + length);
        }
    }

    private void TakeHandshakeMessage(in FrameStamp stamp, byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case ClientHelloMessage when TlsHello.TryReadClient(body, out var hello):
                _fromClient = true;
                session.ClientHello(stamp, route, hello);
                break;
            case ServerHelloMessage when TlsHello.TryReadServer(body, out var hello):
                session.ServerHello(hello);
                break;
            case FinishedMessage when session.IsTls13:
                Use(session.TrafficSecret(_fromClient, handshake: false));
                break;
            case KeyUpdateMessage when session.IsTls13 && _secret is not null:
                Use(session.NextSecret(_secret));
                break;
            default:
                break;
        }
    }

    private void Use(byte[]? secret)
    {
        _secret = secret;
        _cipher = session.Tls13Cipher(secret);
        _protected = true;
    }
}
