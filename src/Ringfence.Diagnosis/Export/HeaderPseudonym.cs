using System.Text;

namespace Ringfence.Diagnosis.Export;

/// <summary>What stays of the value of a header field: its form, and what calls are told apart by; of fields that nobody here knows nothing.</summary>
internal sealed class HeaderPseudonym(WordPseudonym words, TokenPseudonym tokens)
{
    private const string Removed = "removed";

    // Readers of captures expect a scheme and its parameters here.
    private const string Credentials =
        "Digest username=\"removed\", realm=\"removed\", nonce=\"removed\", uri=\"sip:removed.example\"";

    // Display names stand before the address.
    private static readonly HashSet<string> Addresses = Named(
        "from f to t contact m reply-to route record-route path service-route p-asserted-identity p-preferred-identity p-called-party-id "
            + "p-associated-uri p-served-user remote-party-id referred-by b refer-to r diversion history-info additional-identity"
    );

    private static readonly HashSet<string> Kept = Named(
        "cseq max-forwards content-type c content-disposition content-encoding e content-language content-transfer-encoding require "
            + "proxy-require supported k unsupported allow accept accept-encoding accept-language alert-info call-info date error-info expires "
            + "min-expires mime-version priority timestamp privacy session-expires x min-se event o allow-events u subscription-state rseq "
            + "rack p-early-media feature-caps attestation-info verstat priority-verstat resource-priority accept-resource-priority "
            + "accept-contact a reject-contact j request-disposition d answer-mode max-breadth flow-timer recv-info info-package "
            + "identity-info n p-charging-vector refer-sub"
    );

    private static readonly HashSet<string> Opaque = Named(
        "call-id i in-reply-to replaces join target-dialog x-call-id x-cid x-original-call-id x-orig-call-id x-inbound-call-id x-a-call-id "
            + "original-call-id sip-etag sip-if-match origination-id"
    );

    public string Of(string name, string value) =>
        name switch
        {
            "identity" or "y" => Identity(value),
            "www-authenticate" or "proxy-authenticate" => Challenge(value),
            "authorization" or "proxy-authorization" => Credentials,
            "reason" or "warning" => Said(value),
            "session-id" => words.SessionIds(value),
            "user-agent" or "server" => Product(value),
            "retry-after" => new string([.. value.TakeWhile(c => c is not '(')]).TrimEnd(),
            _ when Opaque.Contains(name) => words.Dialog(value),
            _ when Addresses.Contains(name) => ParameterPseudonym.In(words.Words(Unnamed(Unquoted(value))), words),
            "via" or "v" => ParameterPseudonym.In(words.Words(Unquoted(value)), words),
            _ when Kept.Contains(name) => words.Words(Unquoted(value)),
            _ => Removed,
        };

    // Whatever is signed is signed anew; what cannot be read is blanked.
    private string Identity(string value)
    {
        var end = value.IndexOf(';', StringComparison.Ordinal);
        var token = end < 0 ? value : value[..end];
        return (tokens.Of(token.Trim()) ?? Removed) + (end < 0 ? "" : words.Words(value[end..]));
    }

    // Of a challenge only stays whether the last nonce was stale (RFC 7616 §3.3).
    private static string Challenge(string value) =>
        "Digest realm=\"removed\", nonce=\"removed\""
        + (value.Contains("stale=true", StringComparison.OrdinalIgnoreCase) ? ", stale=true" : "");

    /// <summary>Quoted text: the parts of a 603+ (ATIS-1000099) keep their names, of other text stay the words that are nobody's.</summary>
    private string Said(string value) =>
        string.Join(
            '"',
            value
                .Split('"')
                .Select(
                    (part, i) =>
                        i % 2 == 0 || part.StartsWith("v=", StringComparison.Ordinal)
                            ? words.Words(part)
                            : KnownWords.Of(words.Words(part))
                )
        );

    // Product and version; comments and serial numbers go.
    private static string Product(string value)
    {
        const int Most = 3;
        var comment = value.IndexOfAny(['(', '[', '<']);
        var named = (comment < 0 ? value : value[..comment])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Take(Most)
            .Where(word => !IsSerial(word));
        return string.Join(' ', named) is { Length: > 0 } product ? product : Removed;
    }

    private static bool IsSerial(string word)
    {
        const int Shortest = 6;
        var run = 0;
        var digits = 0;
        foreach (var c in word)
        {
            var belongs = char.IsAsciiHexDigit(c) || c is ':' or '-';
            run = belongs ? run + 1 : 0;
            digits =
                !belongs ? 0
                : char.IsAsciiDigit(c) ? digits + 1
                : digits;
            if (run >= Shortest && digits * 2 >= Shortest)
            {
                return true;
            }
        }

        return word.Contains('@', StringComparison.Ordinal) || word.Any(c => c >= 0x80);
    }

    // Display names and other quoted words.
    private static string Unquoted(string value)
    {
        var result = new StringBuilder();
        var inside = false;
        var escaped = false;
        foreach (var c in value)
        {
            if (c == '"' && !escaped)
            {
                inside = !inside;
                result.Append(inside ? "\"x" : "\"");
            }
            else if (!inside)
            {
                result.Append(c);
            }

            escaped = inside && c == '\\' && !escaped;
        }

        return result.ToString();
    }

    // What stands before an address without quotes is a name too, in whatever letters.
    private static string Unnamed(string value)
    {
        var result = new StringBuilder();
        var from = 0;
        for (var open = value.IndexOf('<', from); open >= 0; open = value.IndexOf('<', from))
        {
            var before = value[from..open];
            var comma = before.LastIndexOf(',');
            var name = before[(comma + 1)..].Trim();
            result.Append(before[..(comma + 1)]).Append(name is "" or "\"x\"" ? before[(comma + 1)..] : "x ");
            var close = value.IndexOf('>', open);
            from = close < 0 ? value.Length : close + 1;
            result.Append(value[open..from]);
        }

        return result.Append(value[from..]).ToString();
    }

    private static HashSet<string> Named(string names) => new(names.Split(' '), StringComparer.Ordinal);
}
