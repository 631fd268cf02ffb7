using System.Globalization;
using System.Xml.Linq;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class LadderPictureTests
{
    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue / 2_000)]
    [InlineData(1_000_000_000_000_000)]
    public void Times_that_cannot_be_are_drawn_no_longer_than_others(ulong microseconds)
    {
        var pcap = Packets.Join(
            Packets.SectionHeader(),
            Packets.Interface(1),
            Packets.EnhancedPacket(0, 1_700_000_000_000_000, Packets.UdpFrame(Packets.Options)),
            Packets.EnhancedPacket(0, microseconds, Packets.UdpFrame(Packets.Options))
        );
        var diagnosis = CallDiagnosis.Of(
            CallTrace.Read([CaptureInput.Bytes("x", pcap)], cancellation: TestContext.Current.CancellationToken)
        );
        diagnosis.Trace.Calls[0].Messages.ShouldAllBe(message => message.Time >= 0);
        using var html = new StringWriter();
        HtmlReport.Write(html, diagnosis, new ReportOptions(), "x");
        html.ToString().Length.ShouldBeLessThan(500_000);
    }

    [Fact]
    public void A_text_goes_to_the_first_place_where_nothing_stands()
    {
        var labels = new SvgLabels();
        labels.Take(0, 0, 100, 20);

        var first = labels.Find((0, 0, 100, 60), 80, 12)!.Value;
        var second = labels.Find((0, 0, 100, 60), 80, 12)!.Value;

        first.Top.ShouldBe(20);
        second.Top.ShouldBeGreaterThanOrEqualTo(32);
        labels.Find((0, 0, 100, 60), 80, 40).ShouldBeNull();
        labels.Find((0, 0, 60, 60), 80, 12).ShouldBeNull();
    }

    [Fact]
    public void The_early_media_of_two_branches_is_named_without_one_text_over_the_other()
    {
        var svg = XDocument.Parse(
            SvgLadder.Draw(
                Ladder(
                    new Script()
                        .A("INVITE", Script.Offer)
                        .B(183, Script.Answer, tag: "one")
                        .B(183, Script.Answer, tag: "two")
                        .Rtp(6)
                        .Rtp(6, port: 6002, ssrc: 8)
                        .Wait(7)
                        .B(200, Script.Answer, tag: "one")
                ),
                LadderTime.Folded,
                "x"
            )
        );
        var words = svg.Descendants()
            .Where(e => e.Attribute("class")?.Value == "what early")
            .Select(e => (X: Number(e, "x"), Y: Number(e, "y")))
            .ToList();

        words.Count.ShouldBe(2);
        words.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void What_is_sent_again_folds_though_another_transaction_lies_between()
    {
        var ladder = Ladder(
            new Script()
                .A("INVITE", Script.Offer)
                .B(200, Script.Answer)
                .Again(2)
                .A("INFO", cseq: 2, tag: "b")
                .B(200, of: "INFO", cseq: 2)
                .B(200, Script.Answer, cseq: 1)
                .A("ACK", tag: "b", cseq: 1)
                .B(200, Script.Answer, cseq: 1)
        );

        ladder
            .Arrows.Select(arrow => (arrow.Label, arrow.Repeats))
            .ShouldBe([
                ("INVITE (SDP)", 0),
                ("200 Phrase (SDP)", 3),
                ("INFO", 0),
                ("200 Phrase", 0),
                ("ACK", 0),
                ("200 Phrase (SDP)", 0),
            ]);
    }

    [Fact]
    public void A_bracket_that_no_PRACK_closes_ends_with_the_final_response()
    {
        var ladder = Ladder(
            new Script()
                .A("INVITE", Script.Offer)
                .B(183, Script.Answer, "Require: 100rel\r\nRSeq: 5\r\n")
                .B(504)
                .A("ACK")
        );

        var bracket = ladder.Brackets.ShouldHaveSingleItem();
        bracket.End.ShouldBeNull();
        bracket.Until.ShouldBe(ladder.Arrows[2].At);
    }

    [Fact]
    public void A_host_is_called_by_the_product_that_it_says_itself_that_it_is()
    {
        var ladder = Ladder(
            new Script().A("INVITE", Script.Offer, "User-Agent: Phone 1.2\r\n").B(486, headers: "Server: PBX 20\r\n")
        );

        ladder.Hosts.Select(host => host.Product).ShouldBe(["Phone 1.2", "PBX 20"]);
    }

    [Fact]
    public void A_tall_picture_names_its_hosts_at_its_foot_too()
    {
        var script = new Script().A("INVITE", Script.Offer);
        for (var i = 2; i < 32; i++)
        {
            script.A("INFO", cseq: i, tag: "b");
        }

        Names(script).ShouldBe(2);
        Names(new Script().A("INVITE").B(486)).ShouldBe(1);

        static int Names(Script script) =>
            XDocument
                .Parse(SvgLadder.Draw(Ladder(script), LadderTime.Even, "x"))
                .Descendants()
                .Count(e => e.Attribute("class")?.Value == "host" && e.Value == Script.AHost);
    }

    [Fact]
    public void Where_columns_are_narrow_codes_go_before_phrases_and_ids_of_findings_stay_whole()
    {
        var hosts = Enumerable.Range(1, 5).Select(i => new LadderHost($"198.51.100.{i}0", ":5060"));
        var ladder = new CallLadder(
            [.. hosts],
            [
                new LadderArrow(TimeSpan.Zero, 4, 3, "183 Session Progress (SDP)", LadderTone.Provisional, Repeats: 1)
                {
                    HasSdp = true,
                    Findings = ["BK-02", "EM-12", "EM-11"],
                },
            ]
        );

        var lines = TerminalLadder.Draw(ladder, 80, colours: false);

        lines[2].ShouldContain("◀ 183+SDP ×2 ─┤");
        lines[2].ShouldEndWith(" BK-02 EM-12…");
    }

    [Fact]
    public void Names_that_have_no_room_keep_both_their_ends()
    {
        var hosts = new[] { "2001:db8:cafe:17:a00:27ff:feb9:1521", "2001:db8:cafe:17:a00:27ff:feb9:3519" };
        var ladder = new CallLadder(
            [.. hosts.Select(host => new LadderHost(host))],
            [new LadderArrow(TimeSpan.Zero, 0, 1, "INVITE", LadderTone.Request)]
        );

        TerminalLadder.Draw(ladder, 50, colours: false)[0].ShouldContain("1521");
        TerminalLadder.Draw(ladder, 50, colours: false)[0].ShouldContain("3519");
    }

    [Fact]
    public void What_nobody_knows_the_sender_of_is_told_without_an_arrow() =>
        TerminalLadder
            .Draw(
                new CallLadder(
                    [new LadderHost("?")],
                    [new LadderArrow(TimeSpan.Zero, 0, 0, "INVITE", LadderTone.Request)]
                ),
                60,
                colours: false
            )[1]
            .ShouldEndWith("│ INVITE");

    private static CallLadder Ladder(Script script)
    {
        var diagnosis = script.Diagnose();
        return LadderBuilder.Of(diagnosis.Trace.Calls[0], diagnosis.Findings);
    }

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
