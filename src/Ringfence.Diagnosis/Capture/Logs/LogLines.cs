using Ringfence.Diagnosis.Capture.Files;
using Ringfence.Diagnosis.Capture.Streams;

namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// The lines of a text, without what only a terminal, a page or a container is interested in: byte order mark, colour codes, the JSON object
/// around the line.
/// </summary>
internal sealed class LogLines(ByteSource bytes)
{
    /// <summary>Longer lines are read in parts.</summary>
    public const int MaxLine = 65_536;

    private readonly GrowingBuffer _clean = new();
    private readonly GrowingBuffer _cleanNext = new();
    private readonly JsonLine _json = new();
    private int _length;

    /// <summary>The current line without its end; false at the end of the text. Valid until the next call of anything here.</summary>
    public bool Peek(ref LogContext context, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (!bytes.Ensure(1))
        {
            return false;
        }

        line = Raw(0, out _length);
        if (bytes.Offset == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (line.StartsWith("{"u8) && _json.TryRead(line, ref context, out var text))
        {
            // Either one line of the log, or a whole message with its line ends.
            line = text.TrimEnd("\r\n"u8);
            line = line.Contains((byte)'\n') ? text : line;
        }

        line = LogPlain.Of(line, _clean);
        return true;
    }

    /// <summary>The line after the current one without colours; empty if there is none.</summary>
    public ReadOnlySpan<byte> PeekNext()
    {
        _ = bytes.Ensure(_length + 1);
        return LogPlain.Of(Raw(_length, out _), _cleanNext);
    }

    /// <summary>Goes to the next line.</summary>
    public void Advance() => bytes.Advance(_length);

    private ReadOnlySpan<byte> Raw(int from, out int length)
    {
        var rest = bytes.Available[from..];
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            _ = bytes.Ensure(from + MaxLine);
            rest = bytes.Available[from..];
            rest = rest[..Math.Min(MaxLine, rest.Length)];
            end = rest.IndexOf((byte)'\n');
        }

        length = Math.Min(end < 0 ? rest.Length : end + 1, MaxLine);
        return rest[..length].TrimEnd("\r\n"u8);
    }
}
