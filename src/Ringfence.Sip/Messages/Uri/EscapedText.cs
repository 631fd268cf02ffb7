using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>Text with % HEX HEX escapes (RFC 3261 §19.1.2). An escape is resolved once, never twice (RFC 4475 §3.1.1.3).</summary>
public static class EscapedText
{
    private static readonly SearchValues<byte> Reserved = SearchValues.Create(";/?:@&=+$,"u8);

    /// <summary>Resolves the escapes; a % that begins none stays as it is. A NUL may come out (RFC 4475 §3.1.1.4).</summary>
    /// <param name="text">The text as received.</param>
    /// <param name="destination">At least as long as <paramref name="text"/>.</param>
    /// <returns>Number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            destination[written++] = Take(ref text, out _);
        }

        return written;
    }

    /// <summary>
    /// Compares as §19.1.4 asks: a character equals its escape, unless it is a reserved one, whose escape means something else.
    /// </summary>
    internal static bool AreEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool ignoreCase)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            byte left = Take(ref a, out bool leftEscaped);
            byte right = Take(ref b, out bool rightEscaped);
            bool sameMeaning = leftEscaped == rightEscaped || !Reserved.Contains(left);
            bool same = left == right || (ignoreCase && ToLower(left) == ToLower(right));
            if (!same || !sameMeaning)
            {
                return false;
            }
        }

        return a.IsEmpty && b.IsEmpty;
    }

    private static byte Take(ref ReadOnlySpan<byte> text, out bool isEscaped)
    {
        byte first = text[0];
        isEscaped =
            first == '%'
            && text.Length > 2
            && char.IsAsciiHexDigit((char)text[1])
            && char.IsAsciiHexDigit((char)text[2]);
        byte value = isEscaped ? (byte)((Hex(text[1]) << 4) | Hex(text[2])) : first;
        text = text[(isEscaped ? 3 : 1)..];
        return value;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static byte ToLower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
