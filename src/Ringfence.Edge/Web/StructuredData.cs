using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Ringfence.Codes;

namespace Ringfence.Edge.Web;

/// <summary>What a page says to programs, as JSON-LD (schema.org).</summary>
internal static class StructuredData
{
    /// <summary>Letters of every language stay readable; &lt;, &gt; and &amp; are escaped, so that no text can end its element.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    internal static string Of(CodeArticle article, CodePath path) =>
        Write(
            new Dictionary<string, object>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "DefinedTerm",
                ["termCode"] = CodePath.Text(article.Code),
                ["name"] = $"{CodePath.Text(article.Code)} {article.Phrase}",
                ["description"] = article.Text.Summary,
                ["inLanguage"] = article.Language,
                ["url"] = path.Outside(article.Language, $"codes/{CodePath.Text(article.Code)}"),
                ["inDefinedTermSet"] = new Dictionary<string, object>
                {
                    ["@type"] = "DefinedTermSet",
                    ["name"] = path.Language.Heading("title"),
                    ["url"] = path.Outside(article.Language, "codes"),
                },
            }
        );

    internal static string Of(Comparison comparison, CodePath path) =>
        Write(
            new Dictionary<string, object>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "TechArticle",
                ["headline"] = comparison.Title,
                ["abstract"] = comparison.Written?.Verdict ?? comparison.Verdict,
                ["inLanguage"] = comparison.Language,
                ["url"] = path.Outside(
                    comparison.Language,
                    $"codes/{new CodePair(comparison.A.Code, comparison.B.Code)}"
                ),
                ["about"] = Term(comparison.A).Concat(Term(comparison.B)).ToArray(),
            }
        );

    private static IEnumerable<Dictionary<string, object>> Term(ComparedCode code) =>
        [
            new Dictionary<string, object>
            {
                ["@type"] = "DefinedTerm",
                ["termCode"] = CodePath.Text(code.Code),
                ["name"] = $"{CodePath.Text(code.Code)} {code.Phrase}",
            },
        ];

    private static string Write(Dictionary<string, object> data) => JsonSerializer.Serialize(data, Options);
}
