namespace Ringfence.Sip.Messages;

/// <summary>Linear white space and separators (RFC 3261 §25.1): SP, HTAB, and CRLF before either.</summary>
public static class Lws
{
    /// <summary>True for SP, HTAB, CR and LF: inside a header value CR and LF only occur as part of a fold.</summary>
    public static bool Is(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>The span without white space at either end.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => TrimEnd(TrimStart(value));

    /// <summary>The span without leading white space.</summary>
    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> value)
    {
        int start = 0;
        while (start < value.Length && Is(value[start]))
        {
            start++;
        }

        return value[start..];
    }

    /// <summary>The span without trailing white space.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> value)
    {
        int end = value.Length;
        while (end > 0 && Is(value[end - 1]))
        {
            end--;
        }

        return value[..end];
    }

    /// <summary>Takes the first comma-separated item off a list, trimmed; true when a comma and so another item follows.</summary>
    internal static bool TakeItem(scoped ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> item)
    {
        int comma = IndexOfSeparator(list, (byte)',');
        item = Trim(comma < 0 ? list : list[..comma]);
        list = comma < 0 ? default : list[(comma + 1)..];
        return comma >= 0;
    }

    /// <summary>
    /// Index of the first <paramref name="separator"/> that stands outside quoted strings and angle brackets; −1 when there
    /// is none. An unclosed quote or bracket runs to the end.
    /// </summary>
    public static int IndexOfSeparator(ReadOnlySpan<byte> value, byte separator)
    {
        int first = value.IndexOfAny(separator, (byte)'"', (byte)'<');
        if (first < 0 || value[first] == separator)
        {
            return first;
        }

        bool quoted = false;
        bool bracketed = false;
        for (int i = first; i < value.Length; i++)
        {
            byte b = value[i];
            if (quoted)
            {
                i += b == (byte)'\\' ? 1 : 0;
                quoted = b != (byte)'"';
            }
            else if (b == separator && !bracketed)
            {
                return i;
            }
            else if (b == (byte)'"')
            {
                quoted = true;
            }
            else if (b is (byte)'<' or (byte)'>')
            {
                bracketed = b == (byte)'<';
            }
        }

        return -1;
    }
}
