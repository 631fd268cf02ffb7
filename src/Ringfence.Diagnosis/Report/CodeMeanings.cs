using System.Globalization;
using Ringfence.Codes;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>The response codes that findings name, and what they mean: the reference of a page that must do without links to elsewhere.</summary>
internal static class CodeMeanings
{
    /// <summary>Where on the page a code is explained; null for one that nobody has registered.</summary>
    public static string? Address(int code) =>
        CodeCatalogue.TryGet(code, out _) ? string.Create(CultureInfo.InvariantCulture, $"#code-{code}") : null;

    public static void Write(MarkupWriter html, IEnumerable<Finding> findings, FindingTexts texts)
    {
        var codes = findings
            .SelectMany(f => f.Codes)
            .Distinct()
            .Order()
            .Where(code => Address(code) is not null)
            .ToList();
        if (codes.Count == 0)
        {
            return;
        }

        var language = Language.Load(texts.Language);
        html.Add($"""<section class="call"><h2>{texts.Word("head.codes")}</h2><dl class="meanings">""");
        foreach (var code in codes)
        {
            html.Add(
                $"""<dt id="code-{code}">{code} {CodeCatalogue.Get(code).Phrase}</dt><dd>{language.Text(code).Summary}</dd>"""
            );
        }

        html.Raw("</dl></section>");
    }
}
