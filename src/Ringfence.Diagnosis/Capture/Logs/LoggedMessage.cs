using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>Takes the lines of one message out of a text, in whatever form a logger, a mail or a page has left them.</summary>
internal sealed class LoggedMessage(LogLines lines, LinePrefix prefix, GrowingBuffer message)
{
    private const int MaxMessage = 262_144;
    private int _indent;
    private bool _byLine;
    private bool _doubled;

    /// <summary>Reads the message that begins with the current line.</summary>
    /// <param name="first">Its start line, without what stands before it.</param>
    /// <param name="indent">How many blanks stand before it.</param>
    /// <param name="context">What the text said so far.</param>
    public void Read(ReadOnlySpan<byte> first, int indent, ref LogContext context)
    {
        (_indent, _doubled) = (indent, false);

        // ngrep -W byline shows the carriage return of each line as a full stop.
        _byLine = first.EndsWith("SIP/2.0."u8) || (first.StartsWith("SIP/2.0 "u8) && first.EndsWith("."u8));
        AppendLine(first);
        lines.Advance();
        if (ReadHead(ref context))
        {
            ReadBody(ref context);
        }
    }

    // The next line of the message; false where the text ends, or a line has not what stands before those of the message.
    private bool Peek(ref LogContext context, out ReadOnlySpan<byte> line)
    {
        if (!lines.Peek(ref context, out line))
        {
            return false;
        }

        line = SyslogPrefix.Strip(line, ref context);
        if (prefix.IsSet && !line.IsEmpty && !prefix.TryStrip(line, out line))
        {
            return false;
        }

        line = Unindent(line);
        return true;
    }

    // False if the message ended before its empty line.
    private bool ReadHead(ref LogContext context)
    {
        var isFirst = true;
        while (message.Length < MaxMessage && Peek(ref context, out var line))
        {
            if (isFirst && IsEmpty(line) && HeaderFollows(context))
            {
                // Every line end was doubled on the way.
                _doubled = true;
                lines.Advance();
                isFirst = false;
                continue;
            }

            isFirst = false;
            if (IsEmpty(line))
            {
                Advance(ref context);
                AppendLine(default);
                return true;
            }

            // Whoever pasted the message may have lost the empty line before its body.
            if (line.TrimEnd((byte)' ').SequenceEqual("v=0"u8))
            {
                AppendLine(default);
                return true;
            }

            if (LogPreamble.BeginsFrame(line) || LogStart.Is(line) || LogStart.IsLogged(line, context))
            {
                break;
            }

            AppendLine(line);
            Advance(ref context);
        }

        AppendLine(default);
        return false;
    }

    private bool HeaderFollows(LogContext context)
    {
        var next = SyslogPrefix.Strip(lines.PeekNext(), ref context);
        return (!prefix.IsSet || prefix.TryStrip(next, out next)) && LogStart.IsHeader(Unindent(next));
    }

    private void Advance(ref LogContext context)
    {
        lines.Advance();
        if (_doubled && Peek(ref context, out var line) && IsEmpty(line))
        {
            lines.Advance();
        }
    }

    private void ReadBody(ref LogContext context)
    {
        var counted = ContentLength.TryFind(message.Span, out var length);
        if (counted && length == 0)
        {
            return;
        }

        var end = message.Length + Math.Min(counted ? length : MaxMessage, MaxMessage);
        while (message.Length < end && Peek(ref context, out var line))
        {
            if (LogPreamble.IsSeparator(line) || LogStart.Is(line) || (!counted && IsEmpty(line)))
            {
                return;
            }

            if (IsEmpty(line) && end - message.Length != 2 && !MoreBodyFollows(context))
            {
                return;
            }

            AppendLine(line);
            Advance(ref context);
        }
    }

    // An empty line within the counted length: part of the body if something other than a frame follows.
    private bool MoreBodyFollows(LogContext context)
    {
        var next = SyslogPrefix.Strip(lines.PeekNext(), ref context);
        if (prefix.IsSet && !prefix.TryStrip(next, out next))
        {
            return false;
        }

        return !next.Trim((byte)' ').IsEmpty && !LogPreamble.BeginsFrame(next) && !LogStart.Is(next);
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

        message.Append(line);
        message.Append("\r\n"u8);
    }
}
