using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Text with SIP messages in it: logs of servers, phones and tools, exports of sngrep, ngrep and Homer, syslog, mail, or messages alone. Start
/// lines are what is looked for; what stands around them tells time and addresses where it can.
/// </summary>
internal sealed class TextLogReader : RecordReader
{
    private readonly GrowingBuffer _message = new();
    private readonly LinePrefix _prefix = new();
    private readonly LogLines _lines;
    private readonly LoggedMessage _logged;
    private readonly LogHosts _hosts;
    private LogContext _context;
    private PacketAddress _source;
    private PacketAddress _destination;
    private PacketTransport _transport;
    private int _length;
    private int _indent;

    /// <summary>Begins to read.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="input">Which of the inputs it is.</param>
    /// <param name="damage">Takes what is wrong with it.</param>
    /// <param name="written">When it was last written, in nanoseconds since 1970: logs leave out years and days. 0 if not known.</param>
    /// <param name="hosts">The addresses of the machine that wrote it, gathered before.</param>
    public TextLogReader(ByteSource bytes, int input, DamageLog damage, long written, LogHosts hosts)
        : base(bytes, input, damage)
    {
        (_lines, _hosts, _context.Written) = (new LogLines(bytes), hosts, written);
        _logged = new LoggedMessage(_lines, _prefix, _message);
    }

    public override CaptureFormat Format => CaptureFormat.Text;

    /// <summary>Reads so much of the text as is enough to know the addresses of the machine that wrote it.</summary>
    public void GatherHosts()
    {
        const int Enough = 16 << 20;
        while (Bytes.Offset < Enough && Read())
        {
            continue;
        }
    }

    public override bool Read()
    {
        _message.Clear();
        while (_lines.Peek(ref _context, out var raw))
        {
            var line = SyslogPrefix.Strip(raw, ref _context);
            if (EscapedMessage.TryUnescape(line, _message))
            {
                _ = LogPreamble.Observe(line[..Math.Min(line.Length, 200)], ref _context);
                _lines.Advance();
                Conclude();
                return true;
            }

            if (StartOf(line) is >= 0 and var start)
            {
                _logged.Read(line[start..], _indent, ref _context);
                Conclude();
                return true;
            }

            _ = LogPreamble.Observe(line, ref _context);
            _lines.Advance();
        }

        return EndOfInput(insideRecord: false);
    }

    public override void Deliver(PacketDecoder decoder, long frame) =>
        decoder.Logged(
            new FrameStamp(frame, Time, Input, Snapped: false),
            _source,
            _destination,
            _transport,
            _message.Span[.._length]
        );

    // Where the start line begins, and what stands before it: blanks that other lines have as well, or what a logger puts before each line.
    private int StartOf(ReadOnlySpan<byte> line)
    {
        _prefix.Clear();
        _indent = 0;
        var trimmed = line.TrimStart(" \t"u8);
        if (LogStart.Is(trimmed))
        {
            return _indent = line.Length - trimmed.Length;
        }

        var start = LogStart.Behind(line);
        if (start < 0)
        {
            return start;
        }

        // Prose may end in a start line: it is one where a header field follows.
        _prefix.Learn(line[..start]);
        var unused = _context;
        var next = SyslogPrefix.Strip(_lines.PeekNext(), ref unused);
        if (!_prefix.TryStrip(next, out var rest) || !LogStart.IsHeader(rest))
        {
            _prefix.Clear();
            start = LogStart.IsHeader(next) ? start : -1;
        }

        if (start > 0)
        {
            _ = LogPreamble.Observe(line[..start], ref _context);
        }

        return start;
    }

    private void Conclude()
    {
        Time = _context.Time;
        _length = LogStart.LengthOf(_message.Span);
        _transport = _context.Transport;
        LogParties.Settle(_message.Span, _context, _hosts, out _source, out _destination);
        if (_transport == PacketTransport.Unknown)
        {
            _transport = LogParties.TransportOf(_message.Span);
        }

        _context.NextMessage();
    }
}
