using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>docs/findings.md is the catalogue as the rules and their texts have it.</summary>
public sealed class CatalogueTests
{
    private static readonly (string Prefix, string Title)[] Parts =
    [
        ("EM", "Early media"),
        ("BK", "Blocked and refused calls"),
        ("SG", "Signalling and transport"),
        ("MD", "Media after the answer"),
    ];

    [Theory]
    [InlineData("EM", 31)]
    [InlineData("BK", 28)]
    [InlineData("SG", 30)]
    [InlineData("MD", 16)]
    public void Every_finding_of_the_catalogue_has_its_rule(string part, int count) =>
        RuleBook
            .Rules.Where(rule => rule.Id.StartsWith(part, StringComparison.Ordinal))
            .Select(rule => rule.Id)
            .ShouldBe(
                Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{part}-{i:00}"))
            );

    [Fact]
    public void The_document_says_what_the_rules_say()
    {
        var path = Document();
        if (Environment.GetEnvironmentVariable("RINGFENCE_APPROVE") == "1")
        {
            File.WriteAllText(path, Render());
        }

        File.ReadAllText(path).ShouldBe(Render());
    }

    private static string Render()
    {
        var text = new StringBuilder(
            "# Findings\n\nWhat `ringfence diagnose` can find, in the words of the report. Made from the rules and their texts; a test holds it current. Words in braces are filled in from the trace.\n"
        );
        foreach (var (prefix, title) in Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var rule in RuleBook.Rules.Where(rule => rule.Id.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Render(text, rule);
            }
        }

        return text.ToString();
    }

    private static void Render(StringBuilder text, Rule rule)
    {
        var words = FindingTexts.In("en");
        var finding = words[rule.Id];
        text.Append(CultureInfo.InvariantCulture, $"\n### {rule.Id} {finding.Title}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{words.Word("severity." + rule.Severity)}, {words.Word("basis." + rule.Basis)}; {rule.Section}.\n\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"- Expected: {finding.Expected}\n- Seen: {finding.Seen}\n");
        text.Append(CultureInfo.InvariantCulture, $"- For the caller: {finding.Means}\n");
        foreach (var (role, fix) in finding.Fix)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {words.Word("role." + role)}: {fix}\n");
        }

        Render(text, "Brought about by", FindingChains.CausesOf(rule.Id));
        Render(text, "Brings about", FindingChains.EffectsOf(rule.Id));
    }

    private static void Render(StringBuilder text, string what, IEnumerable<string> ids)
    {
        if (string.Join(", ", ids.Order(StringComparer.Ordinal)) is { Length: > 0 } listed)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {what}: {listed}\n");
        }
    }

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "findings.md"));
}
