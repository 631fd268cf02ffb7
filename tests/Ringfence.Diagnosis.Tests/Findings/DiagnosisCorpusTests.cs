using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Capture;

namespace Ringfence.Diagnosis.Tests.Findings;

public sealed class DiagnosisCorpusTests
{
    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (var path in Corpus.Folder is { } folder ? Directory.GetFiles(folder) : [])
        {
            names.Add(Path.GetFileName(path));
        }

        if (Corpus.Folder is null)
        {
            names.Add("absent");
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_open_capture_gives_a_report_of_every_kind_in_every_language(string name)
    {
        Corpus.SkipIfAbsent();
        var diagnosis = Diagnose(CaptureInput.File(Corpus.Path(name)));
        foreach (var language in FindingTexts.Languages)
        {
            var options = new ReportOptions { Language = language, MaxLadders = 3 };
            TextReport.Write(TextWriter.Null, diagnosis, options);
            HtmlReport.Write(TextWriter.Null, diagnosis, options, name);
            JsonReport.Write(Stream.Null, diagnosis, options);
        }

        diagnosis.Findings.ShouldAllBe(finding => finding.Evidence.Count > 0);
    }

    [Fact]
    public void No_rule_fires_on_nearly_every_call()
    {
        Corpus.SkipIfAbsent();
        var all = Directory.GetFiles(Corpus.Folder!).Select(path => Diagnose(CaptureInput.File(path))).ToList();
        var calls = all.Sum(d => d.Trace.Calls.Count(c => c.Kind == CallKind.Call));
        foreach (var rule in RuleBook.Rules)
        {
            var fired = all.Sum(d => d.Rules.Single(r => r.Id == rule.Id).Fired);
            fired.ShouldBeLessThan((int)(0.5 * calls), rule.Id);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flipped_bytes_of_every_scenario_do_no_harm(bool inText)
    {
        var random = new Random(3);
        foreach (var (id, shows, _) in Scenarios.ById.Values)
        {
            var bytes = shows.Pcap();

            // In the text of the messages rather than in the frames: what the rules read.
            var from = inText ? 100 : 0;
            for (var round = 0; round < 4; round++)
            {
                var damaged = (byte[])bytes.Clone();
                for (var i = 0; i < 20; i++)
                {
                    damaged[random.Next(from, Math.Min(damaged.Length, 6_000))] = (byte)(
                        inText ? random.Next(32, 127) : random.Next(256)
                    );
                }

                var diagnosis = Diagnose(CaptureInput.Bytes(id, damaged));
                TextReport.Write(TextWriter.Null, diagnosis, new ReportOptions());
            }
        }
    }

    private static CallDiagnosis Diagnose(CaptureInput input) =>
        CallDiagnosis.Of(CallTrace.Read([input], cancellation: TestContext.Current.CancellationToken));
}
