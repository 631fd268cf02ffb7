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

    // How many records behind a gap may stay closed before the direction is given up.
    private const int MaxClosed = 16;

    private const byte ClientHelloMessage = 1;
    private const byte ServerHelloMessage = 2;
    private const byte EndOfEarlyDataMessage = 5;
    private const byte FinishedMessage = 20;
    private const byte KeyUpdateMessage = 24;

    private readonly GrowingBuffer _records = new();
    private readonly GrowingBuffer _handshake = new();
    private readonly DirectionKeys _keys = new(session);
    private bool _gap;
    private bool _broken;
    private int _closed;

    public static bool LooksLikeRecord(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 3 && bytes[0] is >= 20 and <= 23 && bytes[1] == 3 && bytes[2] <= 4;

    /// <summary>
    /// Bytes are missing here. Records are numbered by counting them: behind a gap the numbers that may be meant are tried, from the next
    /// segment on that begins with a record.
    /// </summary>
    public void Interrupted()
    {
        _gap = true;
        _records.Clear();
        _handshake.Clear();
        content.Interrupted();
    }

    public void Take(in FrameStamp stamp, ReadOnlySpan<byte> bytes)
    {
        if (_broken || (_gap && _records.Length == 0 && !LooksLikeRecord(bytes)))
        {
            return;
        }

        if (_records.Length + bytes.Length > route.MaxBytes)
        {
            GiveUp();
            return;
        }

        _records.Append(bytes);
        while (_records.Length >= RecordHeader && !_broken)
        {
            var head = _records.Span;
            int length = BinaryPrimitives.ReadUInt16BigEndian(head[3..]);
            if (!LooksLikeRecord(head) || length > MaxRecord)
            {
                if (!_gap)
                {
                    GiveUp();
                }

                _records.Clear();
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

    private void GiveUp()
    {
        _broken = true;
        _records.Clear();
        _handshake.Clear();
    }

    private void TakeRecord(in FrameStamp stamp, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var type = header[0];
        if (type == ChangeCipherSpec)
        {
            // A client of TLS 1.3 may send it before it knows the version (RFC 8446 §D.4).
            if (session is { IsTls13: false, IsAnswered: true })
            {
                _keys.BeginOld();
            }

            return;
        }

        if (type == ApplicationData)
        {
            var isFirst = session.IsTls13 && !_keys.Protect;
            _keys.BeginData(_gap);
            if (isFirst && _keys is { IsClient: true, IsClosed: true } && body.Length == EncryptedAlert)
            {
                session.EncryptedAlert(stamp, route);
            }
        }

        if (!_keys.Protect)
        {
            TakeClear(stamp, type, body);
            return;
        }

        if (_keys.Open(header, body, _gap) is not { } clear)
        {
            _closed++;
            if (_gap && _closed >= MaxClosed)
            {
                GiveUp();
            }

            return;
        }

        (_gap, _closed) = (false, 0);
        var contents = clear.AsSpan();
        if (_keys.HidesType)
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
        if (type == ApplicationData && _keys.Protect)
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
                _keys.IsClient = true;
                session.ClientHello(stamp, route, hello);
                break;
            case ServerHelloMessage when TlsHello.TryReadServer(body, out var hello):
                session.ServerHello(hello);
                break;
            case EndOfEarlyDataMessage when session.IsTls13:
                _keys.BeginHandshake();
                break;
            case FinishedMessage when session.IsTls13:
                _keys.Finish();
                break;
            case KeyUpdateMessage when session.IsTls13:
                _keys.Update();
                break;
            default:
                break;
        }
    }
}
