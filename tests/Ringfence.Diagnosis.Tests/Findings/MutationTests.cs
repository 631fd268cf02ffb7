using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>Whatever is damaged, from the file to the report: no exception, and an end within two seconds.</summary>
public sealed class MutationTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1";

    [Theory]
    [InlineData("BK-15")]
    [InlineData("EM-18")]
    [InlineData("SG-27")]
    public void A_capture_cut_at_every_offset_is_diagnosed_as_far_as_it_goes(string id)
    {
        var bytes = Scenarios.ById[id].Shows.Pcap();
        for (var length = 0; length <= bytes.Length; length++)
        {
            Diagnose(bytes[..length], everyReport: IsLong || length % 16 == 0);
        }
    }

    [Fact]
    public void Edited_captures_do_no_harm() =>
        Check(Gen.Elements(Scenarios.ById.Values.Select(s => s.Shows.Pcap()).Where(b => b.Length < 20_000).ToArray()));

    [Fact]
    public void Edited_logs_do_no_harm() => Check(Gen.Constant(Encoding.UTF8.GetBytes(Log())));

    private static void Check(Gen<byte[]> files)
    {
        var edits = Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(0, 255)).ListOf(8);
        var property = Prop.ForAll(
            files.Zip(edits).ToArbitrary(),
            pair =>
            {
                var damaged = pair.Item1.ToList();
                foreach (var (at, value) in pair.Item2)
                {
                    Mutant.Edit(damaged, at % damaged.Count, (byte)value);
                }

                Diagnose([.. damaged], everyReport: true);
            }
        );
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(IsLong ? 20_000 : 300).WithReplay(11, 13));
    }

    private static void Diagnose(byte[] bytes, bool everyReport) =>
        Bounded.Run(
            () =>
            {
                var trace = CallTrace.Read([CaptureInput.Bytes("damaged", bytes)]);
                using var verifier = SignedFiles.Verifier();
                var diagnosis = CallDiagnosis.Of(trace, verifier);
                var options = new ReportOptions();
                TextReport.Write(TextWriter.Null, diagnosis, options);
                if (!everyReport)
                {
                    return;
                }

                HtmlReport.Write(TextWriter.Null, diagnosis, options, "damaged");
                JsonReport.Write(Stream.Null, diagnosis, options);
                TraceExport.Write(Stream.Null, trace, trace.Calls, new Anonymiser(new byte[32]));
            },
            () => Convert.ToBase64String(bytes)
        );

    private static string Log()
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var message in Scenarios.ById["EM-11"].Shows.Trace().Calls[0].Messages)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"----------------------------------------------- 2023-11-14 22:13:{at++ % 60:00}.500000\nUDP message received [{message.Sip.Bytes.Length}] bytes :\n\n"
            );
            text.Append(Encoding.UTF8.GetString(message.Sip.Bytes)).Append('\n');
        }

        return text.ToString();
    }
}
