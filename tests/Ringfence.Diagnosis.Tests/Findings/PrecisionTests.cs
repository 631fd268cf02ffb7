using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>How often each rule is reached and fires over all open captures: docs/findings-precision.md holds the figures.</summary>
public sealed class PrecisionTests
{
    private const double NearlyAll = 0.95;

    // Of fewer calls a share says nothing.
    private const int Enough = 20;

    [Fact]
    public void No_rule_fires_on_nearly_every_call_that_it_looks_at()
    {
        foreach (var (id, reached, fired, _) in Table())
        {
            (reached < Enough || fired <= NearlyAll * reached).ShouldBeTrue($"{id}: {fired} of {reached}");
        }
    }

    [Fact]
    public void The_figures_in_the_documentation_are_those_of_today()
    {
        var path = Document();
        var text = Render();
        if (Environment.GetEnvironmentVariable("RINGFENCE_APPROVE") == "1")
        {
            var old = File.Exists(path) ? File.ReadAllText(path) : "";
            var head = old.IndexOf("| id |", StringComparison.Ordinal);
            File.WriteAllText(path, (head < 0 ? old : old[..head]) + text);
        }

        File.ReadAllText(path).ShouldEndWith(text);
    }

    private static string Render()
    {
        var text = new StringBuilder("| id | looked at | found | captures |\n| --- | ---: | ---: | ---: |\n");
        foreach (var (id, reached, fired, captures) in Table())
        {
            text.Append(CultureInfo.InvariantCulture, $"| {id} | {reached} | {fired} | {captures} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Id, int Reached, int Fired, int Captures)> Table()
    {
        Corpus.SkipIfAbsent();
        var all = Directory
            .GetFiles(Corpus.Folder!)
            .Order(StringComparer.Ordinal)
            .Select(path => CallDiagnosis.Of(CallTrace.Read([CaptureInput.File(path)])).Rules)
            .ToList();
        foreach (var (rule, i) in RuleBook.Rules.Select((rule, i) => (rule, i)))
        {
            yield return (
                rule.Id,
                all.Sum(counts => counts[i].Reached),
                all.Sum(counts => counts[i].Fired),
                all.Count(counts => counts[i].Fired > 0)
            );
        }
    }

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "findings-precision.md"));
}
