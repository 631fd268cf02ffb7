using System.Buffers;
using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>
/// The parameter verstat (3GPP TS 24.229 §7.2A.20) in header values: taken out wherever a caller may have put it, whatever the
/// spelling, and put in where this edge vouches for it.
/// </summary>
internal static class Verstat
{
    private static readonly SearchValues<byte> EndOfParameter = SearchValues.Create(";>?@,& \t\r\n\""u8);

    private static ReadOnlySpan<byte> Name => "verstat"u8;

    /// <summary>
    /// The value without any verstat, on one line: in a user part, as a parameter of a SIP or tel URI, as a header parameter, with
    /// its letters or its semicolon escaped. Null when there is none.
    /// </summary>
    internal static byte[]? Without(ReadOnlySpan<byte> value)
    {
        ArrayBufferWriter<byte>? kept = null;
        ReadOnlySpan<byte> rest = value;
        int from = 0;
        for (int at = 0; at < value.Length; )
        {
            int mark = MarkLength(value[at..]);
            int length = mark == 0 ? 0 : ParameterLength(value[(at + mark)..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            kept ??= new ArrayBufferWriter<byte>(value.Length);
            kept.Write(value[from..at]);
            at += mark + length;
            from = at;
        }

        if (kept is null)
        {
            return null;
        }

        kept.Write(rest[from..]);

        // What was around it may make another: ";ver;verstat=xstat".
        return Without(kept.WrittenSpan) ?? Unfolded(kept.WrittenSpan);
    }

    /// <summary>
    /// The address with verstat in its telephone number: before the "@" of a SIP URI, at the end of a tel URI. Null for an
    /// address that is no number.
    /// </summary>
    internal static byte[]? With(ReadOnlySpan<byte> item, string verstat)
    {
        if (!NameAddr.TryParse(item, out NameAddr address) || !item.Overlaps(address.Uri, out int start))
        {
            return null;
        }

        int end = EndOfNumber(address.Uri);
        if (end == 0)
        {
            return null;
        }

        byte[] uri =
        [
            .. address.Uri[..end],
            .. ";verstat="u8,
            .. Encoding.ASCII.GetBytes(verstat),
            .. address.Uri[end..],
        ];
        ReadOnlySpan<byte> after = item[(start + address.Uri.Length)..];
        return address.IsBracketed
            ? Unfolded([.. item[..start], .. uri, .. after])
            : Unfolded([.. item[..start], .. "<"u8, .. uri, .. ">"u8, .. after]);
    }

    /// <summary>A header value on one line (RFC 3261 §7.3.1): line ends become spaces.</summary>
    internal static byte[] Unfolded(ReadOnlySpan<byte> value)
    {
        byte[] line = value.ToArray();
        line.AsSpan().ReplaceAny(LineEnds, (byte)' ');
        return line;
    }

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>Where the number ends within a URI; 0 when the URI is none of a number.</summary>
    private static int EndOfNumber(ReadOnlySpan<byte> uri)
    {
        int colon = uri.IndexOf((byte)':') + 1;
        if (SipUri.SchemeOf(uri) == UriScheme.Tel)
        {
            return uri.Length;
        }

        if (!SipUri.TryParse(uri, out SipUri sip) || sip.User.IsEmpty)
        {
            return 0;
        }

        bool isNumber = sip.User[0] is (byte)'+' or (>= (byte)'0' and <= (byte)'9');
        return isNumber ? colon + sip.User.Length : 0;
    }

    /// <summary>Length of what may begin a parameter: ";" or an escaped one.</summary>
    private static int MarkLength(ReadOnlySpan<byte> text) =>
        text[0] == ';' ? 1
        : text[0] == '%' && text.Length >= 3 && text[1] == '3' && text[2] is (byte)'b' or (byte)'B' ? 3
        : 0;

    /// <summary>Length of the parameter at hand when it is verstat, else 0.</summary>
    private static int ParameterLength(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        foreach (byte wanted in Name)
        {
            int length = LetterLength(text[Math.Min(at, text.Length)..], wanted);
            if (length == 0)
            {
                return 0;
            }

            at += length;
        }

        // The name ends here, or goes on with something that is not its value: "verstat2".
        bool ends = at == text.Length || text[at] is (byte)'=' or (byte)'%' || EndOfParameter.Contains(text[at]);
        if (!ends)
        {
            return 0;
        }

        int stop = text[at..].IndexOfAny(EndOfParameter);
        return stop < 0 ? text.Length : at + stop;
    }

    /// <summary>Length of a letter, plain or escaped, in any case; 0 when it is another.</summary>
    private static int LetterLength(ReadOnlySpan<byte> text, byte wanted)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if ((text[0] | 0x20) == wanted)
        {
            return 1;
        }

        bool isEscaped =
            text[0] == '%'
            && text.Length >= 3
            && byte.TryParse(text[1..3], System.Globalization.NumberStyles.AllowHexSpecifier, null, out byte letter)
            && (letter | 0x20) == wanted;
        return isEscaped ? 3 : 0;
    }
}
