using System.Buffers.Text;
using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Challenge;

/// <summary>
/// A digit in an INFO request, in the two forms that telephones send: <c>application/dtmf-relay</c> with a line
/// <c>Signal=5</c>, and <c>application/dtmf</c> with the digit alone. Numbers 10 to 15 stand for <c>*</c>, <c>#</c>, A to D.
/// </summary>
internal static class InfoDigit
{
    private const int MaxBody = 256;

    /// <summary>The digit; null when the request carries none.</summary>
    internal static char? Of(SipRequest info)
    {
        ReadOnlySpan<byte> type = MediaTypeOf(info.Value(HeaderId.ContentType));
        if (info.Body.Length > MaxBody)
        {
            return null;
        }

        return Ascii.EqualsIgnoreCase(type, "application/dtmf-relay"u8) ? Read(Signal(info.Body))
            : Ascii.EqualsIgnoreCase(type, "application/dtmf"u8) ? Read(info.Body)
            : null;
    }

    private static ReadOnlySpan<byte> MediaTypeOf(ReadOnlySpan<byte> value)
    {
        int parameters = value.IndexOf((byte)';');
        return Lws.Trim(parameters < 0 ? value : value[..parameters]);
    }

    private static ReadOnlySpan<byte> Signal(ReadOnlySpan<byte> body)
    {
        foreach (Range range in body.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = body[range];
            int equals = line.IndexOf((byte)'=');
            if (equals > 0 && Ascii.EqualsIgnoreCase(Lws.Trim(line[..equals]), "Signal"u8))
            {
                return line[(equals + 1)..];
            }
        }

        return default;
    }

    private static char? Read(ReadOnlySpan<byte> text)
    {
        text = Lws.Trim(text);
        if (text.Length == 1)
        {
            char digit = char.ToUpperInvariant((char)text[0]);
            return digit is (>= '0' and <= '9') or '*' or '#' or (>= 'A' and <= 'D') ? digit : null;
        }

        bool isNumber = Utf8Parser.TryParse(text, out int number, out int length) && length == text.Length;
        return isNumber && number is >= 10 and <= 15 ? "*#ABCD"[number - 10] : null;
    }
}
