namespace Ringfence.Diagnosis.Capture.Logs;

/// <summary>
/// What a logger puts before each line of a message: a time, a process, the name of a pod. It is learned from the start line, and the same
/// again where digits may have become others.
/// </summary>
internal sealed class LinePrefix
{
    private const int Longest = 256;
    private readonly byte[] _bytes = new byte[Longest];
    private int _length;

    /// <summary>Whether lines have one at all.</summary>
    public bool IsSet => _length > 0;

    /// <summary>Forgets it.</summary>
    public void Clear() => _length = 0;

    /// <summary>Learns it; one that is too long is none.</summary>
    public void Learn(ReadOnlySpan<byte> prefix)
    {
        _length = prefix.Length <= Longest ? prefix.Length : 0;
        prefix[.._length].CopyTo(_bytes);
    }

    /// <summary>Takes it off; false if the line does not begin with it. Of an empty line the blanks at the end may be missing.</summary>
    public bool TryStrip(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        var prefix = _bytes.AsSpan(0, _length);
        var at = 0;
        for (var i = 0; i < prefix.Length; )
        {
            if (at == line.Length)
            {
                rest = default;
                return prefix[i..].Trim((byte)' ').IsEmpty;
            }

            if (char.IsAsciiDigit((char)prefix[i]))
            {
                if (!SkipDigits(prefix, ref i) | !SkipDigits(line, ref at))
                {
                    rest = default;
                    return false;
                }

                continue;
            }

            if (prefix[i] != line[at])
            {
                rest = default;
                return false;
            }

            i++;
            at++;
        }

        rest = line[at..];
        return true;
    }

    private static bool SkipDigits(ReadOnlySpan<byte> text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at > from;
    }
}
