using System.Text.RegularExpressions;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Tests.Languages;

/// <summary>Whole reports of the committed captures in every language: sentences are put together from parts, and that is where translations break.</summary>
public sealed partial class RenderedReportTests
{
    // What names a thing of a protocol, in every language.
    private static readonly HashSet<string> OfProtocols =
    [
        "sendrecv",
        "sendonly",
        "recvonly",
        "inactive",
        "dialog",
        "rcd",
    ];

    public static TheoryData<string> Ids() => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_report_is_whole_in_every_language(string id)
    {
        var diagnosis = Diagnose(id);
        foreach (var language in FindingTexts.Languages)
        {
            var (texts, text) = (FindingTexts.In(language), Text(diagnosis, language));
            text.Split('\n')
                .Where(line => !line.StartsWith("   Call-ID", StringComparison.Ordinal))
                .ShouldAllBe(line => !Gap().IsMatch(line), $"{id} {language}");
            foreach (var finding in diagnosis.Findings)
            {
                text.ShouldContain(texts.Seen(finding), customMessage: $"{id} {language}");
                texts.Seen(finding).ShouldNotContain("{");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_English_is_left_in_another_language(string id)
    {
        var diagnosis = Diagnose(id);
        foreach (var language in FindingTexts.Languages.Where(name => name != "en"))
        {
            var text = Quoted().Replace(Text(diagnosis, language), " ");
            English().Matches(text).Select(match => match.Value).ShouldBeEmpty($"{id} {language}");
        }

        English().IsMatch(Text(diagnosis, "en")).ShouldBeTrue("the check finds English where it is");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_a_rule_calls_by_a_word_of_its_own_is_translated(string id)
    {
        var values =
            from finding in Diagnose(id).Findings
            from value in finding.Values
            where Word().IsMatch(value.Value) && !OfProtocols.Contains(value.Value)
            where !Enum.TryParse<Fault>(value.Value, out _)
            select (finding.Id, value.Value);
        values.Where(value => !Texts.Of("en").ContainsKey($"findings.words.value.{value.Value}")).ShouldBeEmpty();
    }

    private static CallDiagnosis Diagnose(string id)
    {
        using var verifier = SignedFiles.Verifier();
        var path = Path.Combine(SignedFiles.Captures(), id + ".pcapng");
        var trace = CallTrace.Read([CaptureInput.File(path)], cancellation: TestContext.Current.CancellationToken);
        return CallDiagnosis.Of(trace, verifier);
    }

    private static string Text(CallDiagnosis diagnosis, string language)
    {
        var output = new StringWriter();
        TextReport.Write(output, diagnosis, new ReportOptions { Language = language, Width = 4_000 });
        return output.ToString().ReplaceLineEndings("\n");
    }

    // What is quoted is what the trace says; so is the name of a cause, which Q.850 gives in English alone. Header fields have their names, and the trade has some.
    [GeneratedRegex(
        "\"[^\"\n]*\"|„[^“\n]*“|«[^»\n]*»|Q\\.850 \\d+ \\([^)]*\\)|\\b(?:From|To)\\b|(?i:false answer supervision)"
    )]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?<![\w.:/@=-])(?:the|of|and|is|that|with|are|this|which|from|by|when|its|it|not|if|to|for|were|came|than|caller|callee|call|calls|packets?|lost|heard|seen|frames|finding|answer|loss|delay)(?![\w=:/@-])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex English();

    // A name without a value, a value without a word before what ends the sentence, two marks at once.
    [GeneratedRegex(@"\{\w+\}|\( *\)|[,;:] *[.;,)]|\.\.(?!\.)|\bNaN\b")]
    private static partial Regex Gap();

    [GeneratedRegex("^[a-z]{3,}(?: [a-z]+)*$")]
    private static partial Regex Word();
}
