using System.Buffers;
using System.Text;

namespace Ringfence.Diagnosis.Export;

// What calls are told apart and joined by: other texts that do the same.
internal sealed partial class WordPseudonym
{
    private static readonly SearchValues<char> AfterParameter = SearchValues.Create(" <>\";,?&\r\n");
    private static readonly string[] Secrets =
    [
        "tag=",
        "ftag=",
        "to-tag=",
        "from-tag=",
        "branch=",
        "icid-value=",
        "line=",
        "rinstance=",
        "gr=",
        "alias=",
        "epid=",
        "replaces=",
    ];

    /// <summary>
    /// What tells dialogs and transactions apart: every run of letters and digits becomes another, so that what was made of another by adding
    /// to it still is; the cookie of a branch stays (RFC 3261 §8.1.1.7), and a nil stays nil.
    /// </summary>
    public string Dialog(string text)
    {
        const string Cookie = "z9hG4bK";
        if (text.StartsWith(Cookie, StringComparison.Ordinal))
        {
            return Cookie + Dialog(text[Cookie.Length..]);
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] >= 0x80))
            {
                end++;
            }

            if (end == at)
            {
                result.Append(text[at++]);
                continue;
            }

            // The names of parameters in Replaces and its kin (RFC 3891 §6.1).
            var run = text[at..end];
            var isName = run is "to" or "from" or "tag" or "early" or "only" or "local" or "remote";
            result.Append(isName ? run : Pseudonym(run)[..Math.Min(8, Math.Max(4, run.Length))]);
            at = end;
        }

        return result.ToString();
    }

    /// <summary>Another UUID.</summary>
    public string Uuid(string text) => new Guid(Hash(text).AsSpan(0, 16)).ToString();

    /// <summary>The identifiers of a session (RFC 7989): as long as they were, and nil where they were.</summary>
    public string SessionIds(string value) =>
        string.Join(
            ';',
            value
                .Split(';')
                .Select(part =>
                {
                    var name = part.IndexOf('=', StringComparison.Ordinal) + 1;
                    var id = part[name..].Trim();
                    return part[..name]
                        + (id.AsSpan().ContainsAnyExcept('0') ? Convert.ToHexStringLower(Hash(id))[..32] : id);
                })
        );

    // ;tag=…, ;branch=… and their kin, which phones make of whatever they like.
    private static (string Name, string Value)? Secret(string text, int at)
    {
        if (at > 0 && text[at - 1] is not (';' or '?' or '&' or ' '))
        {
            return null;
        }

        foreach (var name in Secrets)
        {
            if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var value = text.AsSpan(at + name.Length);
                var end = value.IndexOfAny(AfterParameter);
                return (text.Substring(at, name.Length), (end < 0 ? value : value[..end]).ToString());
            }
        }

        return null;
    }
}
