using System.Xml.Linq;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

public sealed class LadderTests
{
    private const string Reliable = "Require: 100rel\r\nRSeq: 17\r\n";

    [Fact]
    public void A_reliable_provisional_is_bracketed_with_its_PRACK()
    {
        var ladder = Ladder(
            new Script()
                .A("INVITE", Script.Offer)
                .B(183, Script.Answer, Reliable)
                .A("PRACK", headers: "RAck: 17 1 INVITE\r\n", cseq: 2, tag: "b")
                .B(200, of: "PRACK", cseq: 2)
        );

        var bracket = ladder.Brackets.ShouldHaveSingleItem();
        bracket.Number.ShouldBe(17u);
        bracket.Start.ShouldBe(ladder.Arrows[1].At);
        bracket.End.ShouldBe(ladder.Arrows[3].At);
    }

    [Fact]
    public void A_PRACK_that_names_another_response_closes_no_bracket() =>
        Ladder(
            new Script()
                .A("INVITE", Script.Offer)
                .B(183, Script.Answer, Reliable)
                .A("PRACK", headers: "RAck: 18 1 INVITE\r\n", cseq: 2, tag: "b")
        )
            .Brackets.ShouldHaveSingleItem()
            .End.ShouldBeNull();

    [Fact]
    public void Branches_that_compete_are_lanes_and_end_where_another_answers()
    {
        var ladder = Ladder(
            new Script().A("INVITE").B(180, tag: "one").B(183, tag: "two").B(200, tag: "two").A("ACK", tag: "two")
        );

        ladder
            .Forks.Select(fork => (fork.Name, fork.Tag, fork.Answered))
            .ShouldBe([("A", "one", false), ("B", "two", true)]);
        ladder.Forks.ShouldAllBe(fork => fork.End == ladder.Arrows[3].At);
    }

    [Fact]
    public void The_same_code_from_two_branches_is_no_retransmission()
    {
        var ladder = LadderBuilder.Of(
            new Script().A("INVITE", Script.Offer).B(183).B(183, tag: "c").B(183, tag: "c").Trace().Calls[0],
            []
        );
        ladder.Arrows.Select(arrow => arrow.Repeats).ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void What_was_played_stands_beside_what_was_offered_and_answered()
    {
        var script = new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Rtp(2).Wait(2).B(200, Script.Answer);
        var ladder = LadderBuilder.Of(script.Trace().Calls[0], []);
        ladder
            .Arrows.Last(arrow => arrow.HasSdp)
            .Codecs.ShouldBe([
                new LadderCodec("PCMA/8000", 8, 8, 100),
                new LadderCodec("telephone-event/8000", 101, null, 0),
            ]);
    }

    [Fact]
    public void A_branch_that_rings_after_another_has_answered_has_no_lane()
    {
        var ladder = Ladder(new Script().A("INVITE").B(180, tag: "x").B(200, tag: "x").B(180, tag: "late"));
        ladder.Forks.Select(fork => fork.Tag).ShouldBe(["x"]);
        SvgLadder.Draw(ladder, new SvgOptions { Title = "call" }).ShouldContain("</svg>");
    }

    [Fact]
    public void One_branch_alone_has_no_lane() => Ladder(new Script().A("INVITE").B(180).B(200)).Forks.ShouldBeEmpty();

    [Fact]
    public void An_answer_stands_beside_its_offer()
    {
        var ladder = Ladder(new Script().A("INVITE", Script.Offer).B(183, Script.Answer));

        ladder.Arrows[0].Codecs.ShouldBe([new("PCMA/8000", 8, null), new("telephone-event/8000", 101, null)]);
        ladder.Arrows[1].Codecs.ShouldBe([new("PCMA/8000", 8, 8), new("telephone-event/8000", 101, null)]);
    }

    [Fact]
    public void Early_media_is_a_band_that_ends_with_the_final_response()
    {
        var ladder = Ladder(
            new Script()
                .A("INVITE", Script.Offer)
                .B(183, Script.Answer)
                .Rtp(6, tone: i => i / 8_000.0 % 5 < 1.5 ? Script.Sine(i, 440) : (short)0)
                .Wait(4)
                .B(200, Script.Answer)
        );

        var early = ladder.Spans.First(span => span.IsEarly);
        early.End.ShouldBe(ladder.Arrows.First(arrow => arrow.Label.StartsWith("200", StringComparison.Ordinal)).At);
        early.Heard[0].Label.ShouldStartWith("ringback");
        ladder.Spans.ShouldContain(span => !span.IsEarly);
    }

    [Fact]
    public void Digits_are_ticks_on_the_line_of_who_pressed_them() =>
        Ladder(new Script().A("INVITE", Script.Offer).B(200, Script.Answer).Event(5))
            .Ticks.Select(tick => (tick.Host, tick.Label))
            .ShouldBe([(0, "5")]);

    [Fact]
    public void A_long_wait_is_cut_visibly_and_says_how_long_it_was()
    {
        var ladder = Ladder(new Script().A("INVITE").B(180).Wait(60).B(200));
        SvgLadder.Draw(ladder, LadderTime.Folded, "x").ShouldContain("⋯ 60.1 s");
        SvgLadder.Draw(ladder, LadderTime.Scale, "x").ShouldNotContain("⋯");
    }

    [Fact]
    public void Within_a_page_arrows_link_to_their_messages_and_carry_no_style()
    {
        var svg = SvgLadder.Draw(
            Ladder(new Script().A("INVITE").B(607)),
            new SvgOptions { Title = "x", Anchor = "c0-" }
        );
        XDocument.Parse(svg).Descendants().Count(e => e.Attribute("href")?.Value == "#c0-m2").ShouldBe(1);
        svg.ShouldNotContain("<style");
        svg.ShouldNotContain("style=");
    }

    [Fact]
    public void What_a_peer_put_into_a_phrase_cannot_leave_its_place()
    {
        var svg = SvgLadder.Draw(
            Ladder(new Script().A("INVITE").B(486, phrase: "</text><script>alert(1)</script>\u0001")),
            LadderTime.Even,
            "\"><script>"
        );
        XDocument.Parse(svg).Descendants().ShouldAllBe(element => element.Name.LocalName != "script");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(33)]
    [InlineData(200)]
    public void The_terminal_ladder_keeps_to_any_width(int width)
    {
        var script = new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Rtp(4).Wait(4).B(607);
        for (var i = 2; i < 9; i++)
        {
            script.Call("1", b: $"198.51.100.{i}").A("INVITE", Script.Offer).B(486);
        }

        TerminalLadder.Draw(Ladder(script), width, colours: false).ShouldAllBe(line => line.Length <= width);
    }

    [Fact]
    public void The_terminal_ladder_draws_what_was_heard_early()
    {
        var lines = TerminalLadder.Draw(
            Ladder(new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Rtp(4).Wait(4).B(603)),
            100,
            colours: false
        );
        lines.ShouldContain(line => line.Contains("║··") && line.Contains("silence"));
    }

    [Fact]
    public void Every_language_has_every_word() =>
        LadderWords.Languages.ShouldAllBe(language =>
            LadderWords.In(language).Keys.Order().SequenceEqual(LadderWords.In("en").Keys.Order())
        );

    private static CallLadder Ladder(Script script)
    {
        var diagnosis = script.Diagnose();
        return LadderBuilder.Of(diagnosis.Trace.Calls[0], diagnosis.Findings);
    }
}
