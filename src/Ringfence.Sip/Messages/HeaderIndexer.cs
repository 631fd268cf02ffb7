using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>
/// Finds the header lines of one message (RFC 3261 §7.3): folding, compact names, any case, white space around the colon.
/// It reads the bytes twice at most, allocates nothing, and goes on after a fault so that a bad request can still be answered.
/// </summary>
internal ref struct HeaderIndexer
{
    // HTAB is white space, CR and LF are LineEnd's business.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r')).Select(b => (byte)b),
        127,
    ]);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Span<HeaderRef> _headers;
    private readonly ParserLimits _limits;
    private int _at;

    internal HeaderIndexer(ReadOnlySpan<byte> bytes, int headersStart, Span<HeaderRef> headers, ParserLimits limits)
    {
        _bytes = bytes;
        _headers = headers;
        _limits = limits;
        _at = headersStart;
    }

    /// <summary>The first fault met.</summary>
    internal Malformed Malformed { get; private set; }

    /// <summary>Number of header lines found.</summary>
    internal int Count { get; private set; }

    /// <summary>Just after the empty line; −1 when there is none.</summary>
    internal int BodyStart { get; private set; }

    /// <summary>Indexes every header line up to the empty line or the end of the bytes.</summary>
    internal void Run()
    {
        BodyStart = -1;
        while (_at < _bytes.Length)
        {
            int end = LineEnd(_at, out int next);
            if (end == _at)
            {
                BodyStart = next;
                break;
            }

            if (!Add(_at, end))
            {
                break;
            }

            _at = next;
        }

        if (BodyStart < 0)
        {
            Blame(Fault.NoEndOfHeaders, _bytes.Length);
        }

        CheckControls(BodyStart < 0 ? _bytes.Length : BodyStart);
    }

    /// <summary>End of the line that begins at <paramref name="start"/>, its folds included (§7.3.1), without CRLF.</summary>
    private int LineEnd(int start, out int next)
    {
        int from = start;
        while (true)
        {
            int length = _bytes[from..].IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0)
            {
                next = _bytes.Length;
                return next;
            }

            int end = from + length;
            bool isCrlf = _bytes[end] == '\r' && end + 1 < _bytes.Length && _bytes[end + 1] == '\n';
            if (!isCrlf)
            {
                Blame(Fault.ControlCharacter, end);
            }

            next = end + (isCrlf ? 2 : 1);
            if (end == start || next >= _bytes.Length || _bytes[next] is not ((byte)' ' or (byte)'\t'))
            {
                return end;
            }

            from = next;
        }
    }

    private bool Add(int start, int end)
    {
        if (Count == _headers.Length)
        {
            Blame(Fault.TooManyHeaders, start);
            return false;
        }

        ReadOnlySpan<byte> line = _bytes[start..end];
        int nameLength = line.TokenLength();
        int colon = nameLength;
        while (colon < line.Length && line[colon] is (byte)' ' or (byte)'\t')
        {
            colon++;
        }

        if (nameLength == 0 || colon >= line.Length || line[colon] != ':')
        {
            Blame(Fault.HeaderName, start);
            return true;
        }

        ReadOnlySpan<byte> value = Lws.TrimStart(line[(colon + 1)..]);
        int valueStart = end - value.Length;
        HeaderId id = HeaderNames.Find(line[..nameLength]);
        if (line.Length > _limits.HeaderLine && id != HeaderId.Identity)
        {
            Blame(Fault.HeaderLineTooLong, start, id);
        }

        _headers[Count++] = new HeaderRef(id, start, nameLength, valueStart, Lws.TrimEnd(value).Length);
        return true;
    }

    /// <summary>Control characters only stand behind the backslash of a quoted pair (§25.1).</summary>
    private void CheckControls(int end)
    {
        for (int from = 0; ; )
        {
            int found = _bytes[from..end].IndexOfAny(Controls);
            if (found < 0)
            {
                return;
            }

            int at = from + found;
            if (at == 0 || _bytes[at - 1] != '\\')
            {
                Blame(Fault.ControlCharacter, at);
                return;
            }

            from = at + 1;
        }
    }

    private void Blame(Fault fault, int offset, HeaderId header = HeaderId.Other)
    {
        if (!Malformed.IsFault)
        {
            Malformed = new Malformed(fault, offset, header);
        }
    }
}
