using System.Buffers;
using System.Text;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Values of parameters that no standard knows, in addresses and in Via: phones and servers put there what they like, and so names. Another
/// text takes their place, the same always for the same.
/// </summary>
internal static class ParameterPseudonym
{
    private const int LongestNumber = 5;

    private static readonly SearchValues<char> AfterValue = SearchValues.Create(";,?<> \t\"");

    private static readonly HashSet<string> Known = new(
        (
            "transport user method ttl maddr lr comp sigcomp-id q expires received rport branch tag ftag reg-id ob keep alias index reason cause "
            + "counter limit privacy screen party id-type rn npdi rn-context cic cic-context isub ext postd phone-context verstat cpc noa oli isup-oli "
            + "sos gr temp-gr pub-gruu refresher purpose alg ppt info timeout rc mp np ua-profile audio video application methods schemes events "
            + "automata class duplex mobility description actor sip.instance icid-value did line rinstance epid gruu"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    public static string In(string text, WordPseudonym words)
    {
        var result = new StringBuilder(text.Length);
        var isQuoted = false;
        for (var at = 0; at < text.Length; )
        {
            isQuoted ^= text[at] == '"';
            var equals = text[at] == ';' && !isQuoted ? text.AsSpan(at + 1).IndexOfAny('=', ';', '>') : -1;
            if (equals <= 0 || text[at + 1 + equals] != '=')
            {
                result.Append(text[at++]);
                continue;
            }

            var from = at + equals + 2;
            var name = text.AsSpan(at + 1, equals).Trim().TrimStart('+').ToString();
            var length = text.AsSpan(from).IndexOfAny(AfterValue);
            var value = length < 0 ? text[from..] : text.Substring(from, length);
            result.Append(text, at, from - at);
            result.Append(Known.Contains(name) || IsCount(value) ? value : words.Dialog(value));
            at = from + value.Length;
        }

        return result.ToString();
    }

    private static bool IsCount(string value) => value.Length <= LongestNumber && value.All(char.IsAsciiDigit);
}
