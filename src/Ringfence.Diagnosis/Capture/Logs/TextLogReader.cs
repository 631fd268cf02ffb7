using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Text with SIP messages in it: logs of Asterisk, FreeSWITCH, Kamailio and SIPp, exports of sngrep, ngrep and Homer, syslog, or messages
/// alone. Start lines are what is looked for; what stands around them tells time and addresses where it can.
/// </summary>
internal sealed class TextLogReader : RecordReader
{
    private const int MaxMessage = 262_144;

    private readonly GrowingBuffer _message = new();
    private readonly LinePrefix _prefix = new();
    private readonly LogLines _lines;
    private readonly LogHosts _hosts;
    private LogContext _context;
    private PacketAddress _source;
    private PacketAddress _destination;
    private PacketTransport _transport;
    private int _length;
    private int _indent;
    private bool _byLine;

    /// <summary>Begins to read.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="input">Which of the inputs it is.</param>
    /// <param name="damage">Takes what is wrong with it.</param>
    /// <param name="written">When it was last written, in nanoseconds since 1970: logs leave out years and days. 0 if not known.</param>
    /// <param name="hosts">The addresses of the machine that wrote it, gathered before.</param>
    public TextLogReader(ByteSource bytes, int input, DamageLog damage, long written, LogHosts hosts)
        : base(bytes, input, damage) => (_lines, _hosts, _context.Written) = (new LogLines(bytes), hosts, written);

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
                ReadMessage(line[start..]);
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
        var next = _lines.PeekNext();
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

    private void ReadMessage(ReadOnlySpan<byte> first)
    {
        // ngrep -W byline shows the carriage return of each line as a full stop.
        _byLine = first.EndsWith("SIP/2.0."u8) || (first.StartsWith("SIP/2.0 "u8) && first.EndsWith("."u8));
        AppendLine(first);
        _lines.Advance();
        if (ReadHead())
        {
            ReadBody();
        }

        Conclude();
    }

    // The next line of the message; false where the text ends, or a line has not what stands before those of the message.
    private bool Peek(out ReadOnlySpan<byte> line)
    {
        if (!_lines.Peek(ref _context, out line))
        {
            return false;
        }

        line = SyslogPrefix.Strip(line, ref _context);
        if (_prefix.IsSet && !line.IsEmpty && !_prefix.TryStrip(line, out line))
        {
            return false;
        }

        line = Unindent(line);
        return true;
    }

    // False if the message ended before its empty line.
    private bool ReadHead()
    {
        while (_message.Length < MaxMessage && Peek(out var line))
        {
            if (IsEmpty(line))
            {
                _lines.Advance();
                AppendLine(default);
                return true;
            }

            if (LogPreamble.BeginsFrame(line) || LogStart.Is(line))
            {
                break;
            }

            AppendLine(line);
            _lines.Advance();
        }

        AppendLine(default);
        return false;
    }

    private void ReadBody()
    {
        var counted = ContentLength.TryFind(_message.Span, out var length);
        if (counted && length == 0)
        {
            return;
        }

        var end = _message.Length + Math.Min(counted ? length : MaxMessage, MaxMessage);
        while (_message.Length < end && Peek(out var line))
        {
            if (LogPreamble.IsSeparator(line) || LogStart.Is(line) || (!counted && IsEmpty(line)))
            {
                return;
            }

            if (IsEmpty(line) && end - _message.Length != 2 && !MoreBodyFollows())
            {
                return;
            }

            AppendLine(line);
            _lines.Advance();
        }
    }

    // An empty line within the counted length: part of the body if something other than a frame follows.
    private bool MoreBodyFollows()
    {
        var next = _lines.PeekNext();
        if (_prefix.IsSet && !_prefix.TryStrip(next, out next))
        {
            return false;
        }

        return !next.Trim((byte)' ').IsEmpty && !LogPreamble.BeginsFrame(next) && !LogStart.Is(next);
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

    private ReadOnlySpan<byte> Unindent(ReadOnlySpan<byte> line)
    {
        var spaces = 0;
        while (spaces < _indent && spaces < line.Length && line[spaces] is (byte)' ' or (byte)'\t')
        {
            spaces++;
        }

        return line[spaces..];
    }

    private bool IsEmpty(ReadOnlySpan<byte> line) =>
        line.Trim((byte)' ').IsEmpty || (_byLine && line.SequenceEqual("."u8));

    private void AppendLine(ReadOnlySpan<byte> line)
    {
        if (_byLine && line.EndsWith("."u8))
        {
            line = line[..^1];
        }

        _message.Append(line);
        _message.Append("\r\n"u8);
    }
}
