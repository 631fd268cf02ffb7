using System.Buffers;

namespace Ringfence.Diagnosis.Export;

// The part of a URI before its @ where it is more than one word: passwords, parameters of numbers, letters that stand for themselves nowhere else.
internal sealed partial class WordPseudonym
{
    private static readonly SearchValues<char> AfterUser = SearchValues.Create("@<>\" \t\r\n");

    private (string Name, int Length)? User(string text, int at)
    {
        if (
            !IsAfterScheme(text, at)
            || text.AsSpan(at).IndexOfAny(AfterUser) is not (> 0 and var length)
            || text[at + length] != '@'
        )
        {
            return null;
        }

        var user = text.Substring(at, length);
        if (user.All(IsWord) || user.Contains(",sip", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Parameters of a number (RFC 3261 §19.1.6) keep their names; what stands behind a colon is a password.
        var parts = user.Split(';');
        var colon = parts[0].IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? parts[0] : parts[0][..colon];
        return (
            (
                name.Length > 0 && name.All(IsWord)
                    ? Word(name, isUser: true, isHost: false)
                    : "user-" + Pseudonym(name)[..6]
            )
                + (colon < 0 ? "" : ":" + Pseudonym(parts[0][colon..])[..6])
                + string.Concat(parts.Skip(1).Select(Parameter)),
            length
        );
    }

    private string Parameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return ";" + (text is "npdi" or "" ? text : Pseudonym(text)[..6]);
        }

        var value = text[(equals + 1)..];
        var replaced = Words(value);
        return $";{text[..equals]}={(replaced == value ? Dialog(value) : replaced)}";
    }

    // Behind an @, behind the scheme where there is none, and where Via says who sent it: there a name without a dot is a host too.
    private static bool IsPlaceOfHost(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return before.EndsWith("@")
            || IsAfterScheme(text, at)
            || (before.EndsWith(" ") && IsTransport(before.TrimEnd()));
    }

    private static bool IsTransport(ReadOnlySpan<char> text) =>
        text[(text.LastIndexOfAny(' ', ',') + 1)..].StartsWith("SIP/2.0/", StringComparison.Ordinal);

    private static bool IsAfterScheme(string text, int at) =>
        text.AsSpan(0, at).EndsWith("sip:", StringComparison.OrdinalIgnoreCase)
        || text.AsSpan(0, at).EndsWith("sips:", StringComparison.OrdinalIgnoreCase);
}
