using System.Text.Json;
using System.Xml.Linq;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Findings;

namespace Ringfence.Diagnosis.Tests.Report;

/// <summary>A good call beside a bad one, in each of its forms.</summary>
public sealed class ComparisonTests
{
    private const string Prefers100Rel = "Supported: timer, 100rel\r\n";

    [Fact]
    public void A_comparison_names_the_place_where_two_calls_part()
    {
        var comparison = Compare(
            new Script().A("INVITE", Script.Offer).B(183, Script.Answer).B(200, Script.Answer),
            new Script().A("INVITE", Script.Offer, "Require: 100rel\r\n").B(183).B(488)
        );

        comparison.PartsAt.ShouldBe(1);
        comparison.HeaderChanges.ShouldBe([new HeaderChange("INVITE", "Require", null, "100rel")]);
        comparison.OnlyBad.Select(f => f.Id).ShouldContain("SG-15");
        comparison.IsSame.ShouldBeFalse();
    }

    [Fact]
    public void What_was_sent_again_is_one_row_with_its_count()
    {
        var invite = new Script().A("INVITE").A("INVITE").A("INVITE").A("INVITE").B(486);

        var comparison = Compare(new Script().A("INVITE").B(486), invite);

        comparison.Messages.Count.ShouldBe(2);
        comparison.PartsAt.ShouldBe(-1);
        Text(comparison).ShouldContain("INVITE ×4");
        Text(comparison).ShouldContain("sent: ×1 → ×4");
    }

    [Fact]
    public void Option_tags_are_compared_as_sets_and_named_once()
    {
        var comparison = Compare(
            new Script()
                .A("INVITE", headers: Prefers100Rel)
                .B(180, headers: "Server: a\r\n")
                .B(486, headers: "Server: a\r\n"),
            new Script()
                .A("INVITE", headers: "Supported: 100rel,timer\r\n")
                .B(180, headers: "Server: b\r\n")
                .B(486, headers: "Server: b\r\n")
        );

        comparison.HeaderChanges.ShouldBe([new HeaderChange("180 Phrase", "Server", "a", "b")]);
    }

    [Fact]
    public void Ports_and_sessions_are_others_in_every_call_and_codecs_are_not()
    {
        var other = Script
            .Offer.Replace("o=a 1 1", "o=a 9 9", StringComparison.Ordinal)
            .Replace("m=audio 4000 RTP/AVP 8 101", "m=audio 4002 RTP/AVP 18 101", StringComparison.Ordinal)
            .Replace("a=rtpmap:8 PCMA/8000", "a=rtpmap:18 G729/8000", StringComparison.Ordinal);

        var comparison = Compare(new Script().A("INVITE", Script.Offer).B(486), new Script().A("INVITE", other).B(486));

        comparison.OfferChanges.Select(change => change.Kind.ToString()).ShouldBe(["Formats"]);
        Text(comparison).ShouldContain("codecs: PCMA/8000 telephone-event/8000 → G729/8000 telephone-event/8000");
    }

    [Fact]
    public void Two_calls_that_go_the_same_way_are_the_same()
    {
        var comparison = Compare(new Script().A("INVITE").B(486), new Script().A("INVITE").B(486));

        comparison.IsSame.ShouldBeTrue();
        Text(comparison).ShouldContain("Both go the same way.");
    }

    [Fact]
    public void Of_a_trace_with_several_calls_the_best_is_good_and_the_worst_bad()
    {
        var diagnosis = new Script().A("INVITE").B(488).Call("fine").A("INVITE").B(200).A("ACK", tag: "b").Diagnose();

        ComparedCall.Best(diagnosis, new CallFilter())!.Call.CallId.ShouldBe("fine");
        ComparedCall.Worst(diagnosis, new CallFilter())!.Call.CallId.ShouldBe("1");
        ComparedCall.Worst(diagnosis, new CallFilter { CallId = "nowhere" }).ShouldBeNull();
    }

    [Fact]
    public void The_json_says_where_they_part_and_holds_both_calls()
    {
        using var json = new MemoryStream();
        ComparisonJson.Write(json, Parted(), new ReportOptions());
        using var document = JsonDocument.Parse(json.ToArray());
        var root = document.RootElement;

        root.GetProperty("same").GetBoolean().ShouldBeFalse();
        root.GetProperty("partsAt").GetInt32().ShouldBe(1);
        root.GetProperty("messages")[1].GetProperty("good").GetProperty("label").GetString().ShouldBe("183 Phrase");
        root.GetProperty("messages")[1].GetProperty("bad").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("onlyBad").EnumerateArray().Select(id => id.GetString()).ShouldContain("SG-15");
        root.GetProperty("bad").GetProperty("call").GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_rows_of_both_pictures_lie_at_the_same_height()
    {
        var comparison = Parted();
        var pictures = new ComparedPicture(comparison, LadderWords.In("en"), "en").Both("g-", "b-");
        var good = Heights(pictures.Good);
        var bad = Heights(pictures.Bad);

        good["row0"].ShouldBe(bad["row0"]);
        good.Keys.Intersect(bad.Keys).ShouldNotBeEmpty();
        good.Keys.Intersect(bad.Keys).ShouldAllBe(row => good[row] == bad[row]);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("de")]
    public void The_picture_is_well_formed_and_says_where_they_part(string language)
    {
        var picture = XDocument.Parse(ComparisonHtml.Picture(Parted(), language));

        picture.Descendants().Count(element => element.Attribute("class")?.Value == "parting").ShouldBe(2);
        picture.ToString().ShouldContain(LadderWords.In(language)["compare.parts"]);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(120)]
    public void The_text_is_never_wider_than_the_terminal(int width)
    {
        using var text = new StringWriter();
        ComparisonText.Write(text, Parted(), new ReportOptions { Width = width });
        text.ToString().Split('\n').ShouldAllBe(line => line.Length <= width);
    }

    [Fact]
    public void Every_link_of_the_page_leads_somewhere_and_what_came_from_peers_is_escaped()
    {
        using var page = new StringWriter();
        ComparisonHtml.Write(
            page,
            Compare(
                new Script().A("INVITE", Script.Offer).B(183, Script.Answer).B(200, Script.Answer).Rtp(1),
                new Script().A("INVITE", Script.Offer, "Subject: <script>alert(1)</script>\r\n").B(488)
            ),
            new ReportOptions()
        );
        var html = page.ToString();

        html.ShouldNotContain("<script>alert");
        var ids = Between(html, " id=\"").ToHashSet(StringComparer.Ordinal);
        Between(html, "href=\"#").ShouldAllBe(target => ids.Contains(target));
        ids.Count.ShouldBe(Between(html, " id=\"").Count());
    }

    private static CallComparison Parted() =>
        Compare(
            new Script().A("INVITE", Script.Offer).B(183, Script.Answer).Rtp(1).B(200, Script.Answer),
            new Script().A("INVITE", Script.Offer).B(488)
        );

    private static CallComparison Compare(Script good, Script bad)
    {
        var (well, badly) = (good.Diagnose(), bad.Diagnose());
        return CallComparison.Of(
            new ComparedCall(well.Trace.Calls[0], well) { Name = "good.pcap" },
            new ComparedCall(badly.Trace.Calls[0], badly) { Name = "bad.pcap" }
        );
    }

    private static string Text(CallComparison comparison)
    {
        using var text = new StringWriter();
        ComparisonText.Write(text, comparison, new ReportOptions { Width = 120 });
        return text.ToString();
    }

    private static Dictionary<string, string> Heights((CallLadder Ladder, SvgOptions Options) picture) =>
        XDocument
            .Parse(SvgLadder.Draw(picture.Ladder, picture.Options))
            .Descendants()
            .Where(element => element.Attribute("class")?.Value.StartsWith("msg ", StringComparison.Ordinal) == true)
            .ToDictionary(
                arrow => arrow.Attribute("data-frame")!.Value,
                arrow => arrow.Elements().First(part => part.Attribute("class")?.Value == "hit").Attribute("y")!.Value
            );

    private static IEnumerable<string> Between(string html, string before)
    {
        for (
            var at = html.IndexOf(before, StringComparison.Ordinal);
            at >= 0;
            at = html.IndexOf(before, at + 1, StringComparison.Ordinal)
        )
        {
            var from = at + before.Length;
            yield return html[from..html.IndexOf('"', from)];
        }
    }
}
