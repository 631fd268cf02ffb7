using System.Buffers.Binary;
using System.Text;

namespace Ringfence.Bench.Traces;

/// <summary>
/// A capture of any length that is written while it is read: many calls at a time, each INVITE, 100, 180, 200, ACK, audio both ways, BYE,
/// 200; packets 20 ms apart. Nothing of it is ever on disk or in memory as a whole.
/// </summary>
internal sealed class SyntheticCapture : Stream
{
    private const int Headers = 14 + 20 + 8;
    private const int RtpLength = 172;
    private const string Sdp =
        "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 00000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n";

    private static readonly (bool FromCaller, string Start, string Method, bool WithSdp)[] Setup =
    [
        (true, "INVITE sip:+33140000002@example.org SIP/2.0", "1 INVITE", true),
        (false, "SIP/2.0 100 Trying", "1 INVITE", false),
        (false, "SIP/2.0 180 Ringing", "1 INVITE", false),
        (false, "SIP/2.0 200 OK", "1 INVITE", true),
        (true, "ACK sip:b@10.0.0.2 SIP/2.0", "1 ACK", false),
    ];

    private static readonly (bool FromCaller, string Start, string Method, bool WithSdp)[] Ending =
    [
        (true, "BYE sip:b@10.0.0.2 SIP/2.0", "2 BYE", false),
        (false, "SIP/2.0 200 OK", "2 BYE", false),
    ];

    private readonly long _length;
    private readonly int _audioPackets;
    private readonly int[] _steps;
    private readonly long[] _calls;
    private readonly byte[] _noise = new byte[RtpLength];
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private long _written;
    private long _nextCall;
    private long _micros = 1_700_000_000L * 1_000_000;
    private int _slot;

    public SyntheticCapture(long length, int concurrent, int audioPackets)
    {
        (_length, _audioPackets) = (length, audioPackets);
        _steps = new int[concurrent];
        _calls = new long[concurrent];
        for (int i = 0; i < concurrent; i++)
        {
            // Calls do not all begin at once.
            _steps[i] = -(i % 50);
            _calls[i] = _nextCall++;
        }

        new Random(1).NextBytes(_noise);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        header[4] = 2;
        header[6] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        header[20] = 1;
        header.CopyTo(_buffer);
        _end = 24;
    }

    /// <summary>SIP messages written so far.</summary>
    public long Messages { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            Fill();
        }

        int taken = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill()
    {
        _start = _end = 0;
        while (_written < _length && _end < _buffer.Length - 4_096)
        {
            Step(_slot);
            _slot = (_slot + 1) % _steps.Length;
            if (_slot == 0)
            {
                _micros += 20_000;
            }
        }

        _written += _end;
    }

    private void Step(int slot)
    {
        int step = _steps[slot]++;
        if (step < 0)
        {
            return;
        }

        if (step < Setup.Length)
        {
            Sip(slot, Setup[step]);
        }
        else if (step < Setup.Length + (_audioPackets / 2))
        {
            Rtp(slot, step - Setup.Length, fromCaller: true);
            Rtp(slot, step - Setup.Length, fromCaller: false);
        }
        else
        {
            int end = step - Setup.Length - (_audioPackets / 2);
            Sip(slot, Ending[end]);
            if (end == Ending.Length - 1)
            {
                _steps[slot] = 0;
                _calls[slot] = _nextCall++;
            }
        }
    }

    private void Sip(int slot, (bool FromCaller, string Start, string Method, bool WithSdp) message)
    {
        Messages++;
        long call = _calls[slot];
        string sdp = message.WithSdp
            ? Sdp.Replace("00000", $"{Port(slot, message.FromCaller)}", StringComparison.Ordinal)
                .Replace("10.0.0.1", message.FromCaller ? "10.0.0.1" : "10.0.0.2", StringComparison.Ordinal)
            : "";
        string toTag = message.Start.StartsWith("INVITE", StringComparison.Ordinal) ? "" : ";tag=b";
        string text =
            $"{message.Start}\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK{call}-{message.Method[0]}\r\nFrom: <sip:+3314{call % 10_000_000:D7}@example.org>;tag=a\r\nTo: <sip:+33140000002@example.org>{toTag}\r\nCall-ID: {call}@bench.example.org\r\nCSeq: {message.Method}\r\nMax-Forwards: 70\r\nContact: <sip:b@10.0.0.2>\r\nUser-Agent: bench\r\nSupported: timer, replaces\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK\r\n{(sdp.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {sdp.Length}\r\n\r\n{sdp}";
        Frame(message.FromCaller, 5060, 5060, Encoding.ASCII.GetByteCount(text));
        _end += Encoding.ASCII.GetBytes(text, _buffer.AsSpan(_end));
    }

    private void Rtp(int slot, int number, bool fromCaller)
    {
        Frame(fromCaller, Port(slot, fromCaller), Port(slot, !fromCaller), RtpLength);
        Span<byte> packet = _buffer.AsSpan(_end, RtpLength);
        _noise.CopyTo(packet);
        packet[0] = 0x80;
        packet[1] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)number);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)(number * 160));
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], (uint)((_calls[slot] * 2) + (fromCaller ? 1 : 0)));
        _end += RtpLength;
    }

    private static int Port(int slot, bool ofCaller) => 10_000 + (4 * slot) + (ofCaller ? 0 : 2);

    private void Frame(bool fromCaller, int from, int to, int payload)
    {
        Span<byte> record = _buffer.AsSpan(_end, 16 + Headers);
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(_micros / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(_micros % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], Headers + payload);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], Headers + payload);
        Span<byte> frame = record[16..];
        frame[12] = 8;
        Span<byte> ip = frame[14..];
        ip[0] = 0x45;
        ip[1] = 46 << 2;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(28 + payload));
        ip[8] = 64;
        ip[9] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], fromCaller ? 0x0A00_0001u : 0x0A00_0002u);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], fromCaller ? 0x0A00_0002u : 0x0A00_0001u);
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], (ushort)from);
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], (ushort)to);
        BinaryPrimitives.WriteUInt16BigEndian(ip[24..], (ushort)(8 + payload));
        _end += 16 + Headers;
    }
}
