using System.Text.Json;
using System.Xml.Linq;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class ReportTests
{
    public static TheoryData<string> Languages() => [.. FindingTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_text_begins_with_the_verdict_and_never_passes_the_width(string language)
    {
        var output = new StringWriter();
        TextReport.Write(output, Silent(), new ReportOptions { Language = language, Width = 90 });
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        string.Concat(lines[1..3]).ShouldContain("EM-02");
        lines.ShouldContain(line => line.Contains("INVITE (SDP)"));
        lines.ShouldContain(line => line.Contains(FindingTexts.In(language)["EM-02"].Title));
        lines.ShouldAllBe(line => line.Length <= 90);
    }

    [Fact]
    public void The_json_can_be_read_and_names_the_evidence()
    {
        var output = new MemoryStream();
        JsonReport.Write(output, Silent(), new ReportOptions());
        using var json = JsonDocument.Parse(output.ToArray());
        var call = json.RootElement.GetProperty("calls")[0];
        call.GetProperty("state").GetString().ShouldBe("Completed");
        var finding = call.GetProperty("findings")
            .EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "EM-02");
        finding.GetProperty("evidence")[0].GetProperty("frame").GetInt64().ShouldBe(2);
        finding.GetProperty("fix").GetProperty("callee").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_page_needs_nothing_from_elsewhere_and_escapes_what_peers_wrote(string language)
    {
        var script = new Script()
            .A("INVITE", headers: "Subject: <script>alert(1)</script>\r\n")
            .B(486, phrase: "<b>Busy");
        var output = new StringWriter();
        HtmlReport.Write(output, script.Diagnose(), new ReportOptions { Language = language }, "A <trace>");
        var page = output.ToString();
        page.ShouldContain("<svg");
        page.ShouldContain($"lang=\"{language}\"");
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<b>Busy");
        page.ShouldNotContain("src=");
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http://");
    }

    [Theory]
    [InlineData(LadderTime.Even)]
    [InlineData(LadderTime.Folded)]
    [InlineData(LadderTime.Scale)]
    public void The_picture_is_sound_xml_with_an_arrow_for_every_message(LadderTime time)
    {
        var ladder = Ladder();
        var svg = XDocument.Parse(SvgLadder.Draw(ladder, time, "call"));
        XNamespace space = "http://www.w3.org/2000/svg";
        svg.Descendants(space + "g").Count(g => g.Attribute("data-frame") is not null).ShouldBe(ladder.Arrows.Count);
    }

    [Fact]
    public void A_long_wait_is_cut_where_time_is_folded()
    {
        var call = new Script().A("INVITE").B(180).Wait(60).B(200).Trace().Calls[0];
        var ladder = LadderBuilder.Of(call, []);
        Height(SvgLadder.Draw(ladder, LadderTime.Folded, "x")).ShouldBeLessThan(400);
        Height(SvgLadder.Draw(ladder, LadderTime.Scale, "x")).ShouldBeGreaterThan(3_000);
    }

    [Fact]
    public void Retransmissions_are_folded_into_a_count()
    {
        var call = new Script().A("INVITE").Again(3).B(486).Trace().Calls[0];
        LadderBuilder
            .Of(call, [])
            .Arrows.Select(a => (a.Label, a.Repeats))
            .ShouldBe([("INVITE", 3), ("486 Phrase", 0)]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(120)]
    public void The_terminal_ladder_is_never_wider_than_the_terminal(int width) =>
        TerminalLadder.Draw(Ladder(), width, colours: false).ShouldAllBe(line => line.Length <= width);

    [Fact]
    public void The_diagram_keeps_to_the_syntax_of_mermaid()
    {
        var text = MermaidLadder.Draw(Ladder());
        text.ShouldStartWith("sequenceDiagram\n");
        text.ShouldContain("H0->>H1: INVITE (SDP)");
        text.ShouldContain("H1-->>H0: 200 Phrase (SDP)");
    }

    [Theory]
    [InlineData("607", 1)]
    [InlineData("486", 0)]
    public void A_filter_lets_through_the_calls_with_a_code(string code, int calls)
    {
        var diagnosis = new Script().A("INVITE").B(607).Diagnose();
        var filter = new CallFilter { Code = int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) };
        diagnosis.Trace.Calls.Count(call => filter.Lets(call, diagnosis)).ShouldBe(calls);
    }

    private static CallDiagnosis Silent() =>
        new Script()
            .A("INVITE", Script.Offer)
            .B(183, Script.Answer)
            .Wait(4)
            .B(200, Script.Answer)
            .Rtp(3)
            .Rtp(3, toCaller: false, ssrc: 9)
            .Wait(3)
            .A("BYE", cseq: 2, tag: "b")
            .Diagnose();

    private static CallLadder Ladder()
    {
        var diagnosis = Silent();
        return LadderBuilder.Of(diagnosis.Trace.Calls[0], diagnosis.Findings);
    }

    private static int Height(string svg) =>
        int.Parse(
            XDocument.Parse(svg).Root!.Attribute("height")!.Value,
            System.Globalization.CultureInfo.InvariantCulture
        );
}
