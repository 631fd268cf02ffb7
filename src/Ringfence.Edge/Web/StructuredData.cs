using System.Globalization;
using System.Text.Json;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What a page says to programs, as JSON-LD (schema.org).</summary>
internal static class StructuredData
{
    internal static string Of(CodeArticle article) =>
        Write(
            new Dictionary<string, object>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "DefinedTerm",
                ["termCode"] = article.Code.ToString(CultureInfo.InvariantCulture),
                ["name"] = $"{article.Code} {article.Phrase}",
                ["description"] = article.Text.Summary,
                ["inLanguage"] = article.Language,
                ["inDefinedTermSet"] = "SIP response codes",
            }
        );

    internal static string Of(Comparison comparison) =>
        Write(
            new Dictionary<string, object>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "TechArticle",
                ["headline"] = comparison.Title,
                ["abstract"] = comparison.Verdict,
                ["inLanguage"] = comparison.Language,
            }
        );

    /// <summary>The serializer escapes &lt; and &gt;, so that the text cannot end the element that it stands in.</summary>
    private static string Write(Dictionary<string, object> data) => JsonSerializer.Serialize(data);
}
