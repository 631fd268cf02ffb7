namespace Ringfence.Media.Sdp;

/// <summary>
/// Octets to <see cref="SessionDescription"/> (RFC 8866 section 9). Tolerated, because peers send it: LF for CRLF,
/// spaces behind <c>=</c>, missing <c>s=</c> and <c>t=</c>, lines out of order, unknown lines, empty lines at the end.
/// </summary>
public static class SdpParser
{
    /// <summary>Parses a whole body.</summary>
    /// <param name="body">The body; copied once, after its limits are checked.</param>
    /// <returns>The description, or the fault with its line.</returns>
    public static SdpParseResult Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > SdpLimits.Bytes)
        {
            return new SdpParseResult(SdpFault.TooLong, 0);
        }
        var content = body.TrimEnd("\r\n"u8);
        if (content.IsEmpty)
        {
            return new SdpParseResult(SdpFault.Empty, 0);
        }
        var count = content.Count((byte)'\n') + 1;
        if (count > SdpLimits.Lines)
        {
            return new SdpParseResult(SdpFault.TooManyLines, 0);
        }
        var bytes = body.ToArray();
        var lines = new SdpLine[count];
        return Index(bytes, lines, out var bad) is { } fault ? new SdpParseResult(fault, bad) : Read(bytes, lines);
    }

    private static SdpFault? Index(byte[] bytes, SdpLine[] lines, out int number)
    {
        var at = 0;
        for (number = 1; number <= lines.Length; number++)
        {
            var rest = bytes.AsSpan(at);
            var feed = rest.IndexOf((byte)'\n');
            var next = feed < 0 ? bytes.Length : at + feed + 1;
            var line = (feed < 0 ? rest : rest[..feed]).TrimEnd((byte)'\r');
            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter((char)line[0]))
            {
                return SdpFault.NotALine;
            }
            if (line.IndexOfAny((byte)0, (byte)'\r') >= 0)
            {
                return SdpFault.ForbiddenOctet;
            }
            var value = line[2..].Trim((byte)' ');
            var start = value.IsEmpty ? at + 2 : at + 2 + line[2..].IndexOfAnyExcept((byte)' ');
            lines[number - 1] = new SdpLine(line[0], at, start, start + value.Length, next);
            at = next;
        }
        return null;
    }

    private static SdpParseResult Read(byte[] bytes, SdpLine[] lines)
    {
        if (lines[0].Type != 'v' || !bytes.AsSpan(lines[0].Value..lines[0].End).SequenceEqual("0"u8))
        {
            return new SdpParseResult(SdpFault.Version, 1);
        }
        SdpOrigin? origin = null;
        SdpConnection? connection = null;
        var end = 0;
        for (; end < lines.Length && lines[end].Type != 'm'; end++)
        {
            var value = bytes.AsSpan(lines[end].Value..lines[end].End);
            if (lines[end].Type == 'o' && (origin is not null || (origin = ReadOrigin(value)) is null))
            {
                return new SdpParseResult(SdpFault.Origin, end + 1);
            }
            if (lines[end].Type == 'c' && (connection = SdpConnection.Read(value)) is null)
            {
                return new SdpParseResult(SdpFault.Connection, end + 1);
            }
        }
        if (origin is null)
        {
            return new SdpParseResult(SdpFault.Origin, 0);
        }
        var session = new SessionDescription(bytes, lines, origin, connection);
        session.Direction = SdpMediaParser.Direction(session, 1, end);
        return SdpMediaParser.Read(session, end) is { } error
            ? new SdpParseResult(error.Fault, error.Line)
            : new SdpParseResult(session);
    }

    private static SdpOrigin? ReadOrigin(ReadOnlySpan<byte> value)
    {
        Span<Range> fields = stackalloc Range[7];
        return
            SdpText.Fields(value, fields) == 6
            && SdpText.Number(value[fields[1]], ulong.MaxValue, out var id)
            && SdpText.Number(value[fields[2]], ulong.MaxValue, out var version)
            ? new SdpOrigin(
                System.Text.Encoding.UTF8.GetString(value[fields[0]]),
                id,
                version,
                System.Text.Encoding.UTF8.GetString(value[fields[5]])
            )
            : null;
    }
}
