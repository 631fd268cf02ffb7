using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class TextReportTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_passes_the_width_whatever_peers_wrote(int width)
    {
        var script = new Script()
            .Call(new string('c', 300), from: new string('7', 120))
            .A("INVITE", Script.Offer)
            .B(183, Script.Answer)
            .Rtp(3)
            .Wait(4)
            .B(603, headers: "Reason: SIP;cause=603;text=\"v=analytics1;url=https://x.example\";location=TN\r\n");
        foreach (var language in FindingTexts.Languages)
        {
            Lines(script.Diagnose(), new ReportOptions { Width = width, Language = language })
                .ShouldAllBe(line => line.Length <= width);
        }
    }

    [Fact]
    public void Legs_of_one_call_are_told_once_with_what_was_found_on_each()
    {
        const string Session =
            "Session-ID: 0123456789abcdef0123456789abcdef;remote=00000000000000000000000000000000\r\n";
        var diagnosis = new Script()
            .Call("in")
            .A("INVITE", Script.Offer, Session)
            .Call("out", a: Script.BHost, b: "192.0.2.9")
            .A("INVITE", Script.Offer, Session)
            .B(607)
            .Call("in", a: Script.AHost, b: Script.BHost)
            .B(480)
            .Diagnose();
        diagnosis.Trace.Calls.Count.ShouldBe(2);

        var lines = Lines(diagnosis, new ReportOptions());

        lines.Count(line => line.StartsWith("── ", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("607 Phrase ─", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldContain(line => line.Contains(" BK-08 ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("Other leg out (same Session-ID)", StringComparison.Ordinal));
    }

    [Fact]
    public void Exchanges_that_all_went_the_same_way_share_a_line_and_calls_keep_theirs()
    {
        var script = new Script();
        for (var i = 0; i < 90; i++)
        {
            script.Call($"r{i}").A("REGISTER").B(200, of: "REGISTER");
        }

        var lines = Lines(script.Call("c").A("INVITE", Script.Offer).B(486).Diagnose(), new ReportOptions());

        lines.ShouldContain("  Registration ×90: Succeeded with 200 Phrase.");
        lines.ShouldContain(line => line.StartsWith("  Call sip:", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_drawn_is_counted_and_the_grave_calls_are_drawn_first()
    {
        var script = new Script();
        for (var i = 0; i < 9; i++)
        {
            script.Call($"c{i}").A("INVITE", Script.Offer).B(i == 7 ? 607 : 200, i == 7 ? null : Script.Answer);
        }

        var diagnosis = script.Diagnose();
        diagnosis.Of(diagnosis.Trace.Calls[7]).ShouldNotBeEmpty();
        var lines = Lines(diagnosis, new ReportOptions { MaxLadders = 2 });

        lines.ShouldContain(line => line.EndsWith("Call-ID c7", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("7 more calls", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_a_terminal_gets_colours()
    {
        var diagnosis = new Script().A("INVITE", Script.Offer).B(607).Diagnose();
        Lines(diagnosis, new ReportOptions()).ShouldAllBe(line => !line.Contains('\e'));
        Lines(diagnosis, new ReportOptions { Colours = true })
            .ShouldContain(line => line.StartsWith("\e[31mRefused", StringComparison.Ordinal));
    }

    private static string[] Lines(CallDiagnosis diagnosis, ReportOptions options)
    {
        var output = new StringWriter();
        TextReport.Write(output, diagnosis, options);
        return output.ToString().ReplaceLineEndings("\n").Split('\n');
    }
}
