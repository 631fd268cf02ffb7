using System.Text.RegularExpressions;

namespace Ringfence.Edge.Web;

/// <summary>Where a cited section can be read.</summary>
internal static partial class RfcLink
{
    /// <summary>The address of "RFC 8197 §4"; null for any other source.</summary>
    internal static string? Of(string source)
    {
        Match match = Rfc().Match(source);
        if (!match.Success)
        {
            return null;
        }

        string section = match.Groups["section"].Value;
        return $"https://www.rfc-editor.org/rfc/rfc{match.Groups["number"].Value}.html{(section.Length > 0 ? "#section-" + section : "")}";
    }

    [GeneratedRegex(@"^RFC (?<number>\d+)(?: §(?<section>[\d.]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc();
}
