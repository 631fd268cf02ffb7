using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>Which bytes may stand where in a SIP URI (RFC 3261 §25.1), and the % HEX HEX escapes.</summary>
internal static class UriCharacters
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()%";

    internal static readonly SearchValues<byte> User = Create("&=+$,;?/");
    internal static readonly SearchValues<byte> Password = Create("&=+$,");
    internal static readonly SearchValues<byte> Parameter = Create("[]/:&+$");
    internal static readonly SearchValues<byte> Header = Create("[]/?:+$");
    internal static readonly SearchValues<byte> Any = Create(";/?:@&=+$,[]#");

    /// <summary>True when only bytes of the set occur and each % is followed by two hexadecimal digits.</summary>
    internal static bool AreAll(ReadOnlySpan<byte> text, SearchValues<byte> set)
    {
        if (text.ContainsAnyExcept(set))
        {
            return false;
        }

        for (int at; (at = text.IndexOf((byte)'%')) >= 0; text = text[(at + 3)..])
        {
            if (
                at + 2 >= text.Length
                || !char.IsAsciiHexDigit((char)text[at + 1])
                || !char.IsAsciiHexDigit((char)text[at + 2])
            )
            {
                return false;
            }
        }

        return true;
    }

    private static SearchValues<byte> Create(string extra) =>
        SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(Unreserved + extra));
}
