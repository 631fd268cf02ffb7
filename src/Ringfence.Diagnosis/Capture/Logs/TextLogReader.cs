using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// Text with SIP messages in it: logs of Asterisk, FreeSWITCH, Kamailio and SIPp, exports of sngrep, ngrep and Homer, syslog, or messages
/// alone. Start lines are what is looked for; what stands around them tells time and addresses where it can.
/// </summary>
internal sealed class TextLogReader(ByteSource bytes, int input, DamageLog damage) : RecordReader(bytes, input, damage)
{
    private const int MaxLine = 65_536;
    private const int MaxMessage = 262_144;

    private readonly GrowingBuffer _message = new();
    private LogContext _context;
    private PacketAddress _source;
    private PacketAddress _destination;
    private PacketTransport _transport;
    private int _lineLength;
    private int _indent;
    private bool _byLine;

    public override CaptureFormat Format => CaptureFormat.Text;

    public override bool Read()
    {
        _message.Clear();
        while (PeekLine(out var raw))
        {
            var line = SyslogPrefix.Strip(raw, ref _context);
            var trimmed = line.TrimStart(" \t"u8);
            if (BeginsMessage(trimmed))
            {
                _indent = line.Length - trimmed.Length;
                ReadMessage();
                return true;
            }

            if (EscapedMessage.TryUnescape(line, _message))
            {
                _ = LogPreamble.Observe(line[..Math.Min(line.Length, 200)], ref _context);
                NextLine();
                Conclude();
                return true;
            }

            _ = LogPreamble.Observe(line, ref _context);
            NextLine();
        }

        return EndOfInput(insideRecord: false);
    }

    public override void Deliver(PacketDecoder decoder, long frame) =>
        decoder.Logged(
            new FrameStamp(frame, Time, Input, Snapped: false),
            _source,
            _destination,
            _transport,
            _message.Span
        );

    private static bool BeginsMessage(ReadOnlySpan<byte> line) =>
        line.Length > 12 && SipSniffer.Look(line) == SipLikeness.Yes
        || (line.Length > 12 && line.EndsWith(" SIP/2.0"u8) && LooksLikeRequestLine(line))
        || (line.EndsWith(" SIP/2.0."u8) && LooksLikeRequestLine(line[..^1]));

    // A line has no line end any more, for which the sniffer would wait.
    private static bool LooksLikeRequestLine(ReadOnlySpan<byte> line)
    {
        var method = line.IndexOf((byte)' ');
        if (method < 1 || method + 1 > line.Length - 8)
        {
            return false;
        }

        var uri = line[(method + 1)..^8];
        return method < 64
            && line[..method].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0
            && uri.IndexOf((byte)':') > 0
            && uri.IndexOf((byte)' ') < 0;
    }

    private void ReadMessage()
    {
        _ = PeekLine(out var first);
        first = SyslogPrefix.Strip(first, ref _context).TrimStart(" \t"u8);

        // ngrep -W byline shows the carriage return of each line as a full stop.
        _byLine = first.EndsWith("SIP/2.0."u8) || (first.StartsWith("SIP/2.0 "u8) && first.EndsWith("."u8));
        AppendLine(first);
        NextLine();
        if (ReadHead())
        {
            ReadBody();
        }

        Conclude();
    }

    // False if the message ended before its empty line.
    private bool ReadHead()
    {
        while (_message.Length < MaxMessage && PeekLine(out var raw))
        {
            var line = Unindent(SyslogPrefix.Strip(raw, ref _context));
            if (IsEmpty(line))
            {
                NextLine();
                AppendLine(default);
                return true;
            }

            if (LogPreamble.BeginsFrame(line) || BeginsMessage(line))
            {
                break;
            }

            AppendLine(line);
            NextLine();
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
        while (_message.Length < end && PeekLine(out var raw))
        {
            var line = Unindent(SyslogPrefix.Strip(raw, ref _context));
            if (LogPreamble.IsSeparator(line) || BeginsMessage(line) || (!counted && IsEmpty(line)))
            {
                return;
            }

            if (IsEmpty(line) && end - _message.Length != 2 && !MoreBodyFollows())
            {
                return;
            }

            AppendLine(line);
            NextLine();
        }
    }

    // An empty line within the counted length: part of the body if something other than a frame follows.
    private bool MoreBodyFollows()
    {
        var after = Bytes.Available[_lineLength..];
        var end = after[..Math.Min(after.Length, MaxLine)].IndexOf((byte)'\n');
        if (end <= 0)
        {
            return false;
        }

        var next = after[..end].TrimEnd((byte)'\r');
        return !next.Trim((byte)' ').IsEmpty && !LogPreamble.BeginsFrame(next) && !BeginsMessage(next);
    }

    private void Conclude()
    {
        Time = _context.Time;
        _transport = _context.Transport;
        LogParties.Settle(_message.Span, ref _context, out _source, out _destination);
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

    private bool PeekLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (!Bytes.Ensure(1))
        {
            return false;
        }

        var end = Bytes.Available.IndexOf((byte)'\n');
        if (end < 0)
        {
            _ = Bytes.Ensure(MaxLine);
            end = Bytes.Available[..Math.Min(MaxLine, Bytes.Available.Length)].IndexOf((byte)'\n');
        }

        _lineLength = Math.Min(end < 0 ? Bytes.Available.Length : end + 1, MaxLine);
        line = Bytes.Available[.._lineLength].TrimEnd("\r\n"u8);
        return true;
    }

    private void NextLine() => Bytes.Advance(_lineLength);
}
