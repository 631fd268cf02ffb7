using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ringfence.Stir.Passport;

/// <summary>Escapes in JSON text (RFC 8259 §7), in the least form that RFC 8225 §9 signs.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Steps over one escape sequence; a lone surrogate is not Unicode and so not UTF-8.</summary>
    public static JsonFault SkipEscape(ReadOnlySpan<byte> text, ref int at)
    {
        if (at + 1 >= text.Length)
        {
            return JsonFault.Syntax;
        }

        if (text[at + 1] != 'u')
        {
            bool known = "\"\\/bfnrt"u8.Contains(text[at + 1]);
            at += 2;
            return known ? JsonFault.None : JsonFault.Syntax;
        }

        if (!TryUnit(text[at..], out int unit))
        {
            return JsonFault.Syntax;
        }

        at += 6;
        if (!char.IsSurrogate((char)unit))
        {
            return JsonFault.None;
        }

        if (!char.IsHighSurrogate((char)unit) || !TryUnit(text[at..], out int low) || !char.IsLowSurrogate((char)low))
        {
            return JsonFault.Encoding;
        }

        at += 6;
        return JsonFault.None;
    }

    /// <summary>The characters of a text whose escapes were checked.</summary>
    public static string Unescape(ReadOnlySpan<byte> text)
    {
        var plain = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            int run = text.IndexOf((byte)'\\');
            plain.Append(Encoding.UTF8.GetString(run < 0 ? text : text[..run]));
            if (run < 0)
            {
                break;
            }

            text = text[run..];
            bool unicode = TryUnit(text, out int unit);
            plain.Append(unicode ? (char)unit : Simple(text[1]));
            text = text[(unicode ? 6 : 2)..];
        }

        return plain.ToString();
    }

    /// <summary>Writes a text with its quotes and the fewest escapes (RFC 8225 §9, RFC 8259 §7).</summary>
    public static void Write(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                output.Write("\\"u8);
            }

            if (rune.Value < 0x20)
            {
                WriteControl(output, rune.Value);
                continue;
            }

            output.Advance(rune.EncodeToUtf8(output.GetSpan(4)));
        }

        output.Write("\""u8);
    }

    private static void WriteControl(IBufferWriter<byte> output, int control)
    {
        ReadOnlySpan<byte> escape = control switch
        {
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => default,
        };
        if (!escape.IsEmpty)
        {
            output.Write(escape);
            return;
        }

        output.Write("\\u00"u8);
        control.TryFormat(output.GetSpan(2), out int written, "x2", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static bool TryUnit(ReadOnlySpan<byte> escape, out int unit)
    {
        unit = 0;
        return escape.Length >= 6
            && escape[0] == '\\'
            && escape[1] == 'u'
            && !escape[2..6].ContainsAnyExcept(HexDigits)
            && int.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit);
    }

    private static char Simple(byte letter) =>
        (char)letter switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            char other => other,
        };
}
