using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Tests.Findings;

public sealed class RuleTests
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Script, CallDiagnosis> Diagnosed = [];

    public static TheoryData<string> Ids() => [.. RuleBook.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_found_in_a_call_that_shows_it(string id)
    {
        var finding = Shown(id).Findings.Where(f => f.Id == id).ToList();
        finding.ShouldNotBeEmpty();
        finding[0].Evidence.ShouldNotBeEmpty();
        finding[0].Evidence.ShouldAllBe(e => e.Frame > 0);
        finding[0].Section.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_not_found_in_a_call_that_only_looks_like_it(string id) =>
        Scenarios.ById[id].Almost.Diagnose().Findings.ShouldAllBe(f => f.Id != id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_words_in_every_language_with_the_values_that_it_gives(string id)
    {
        var finding = Shown(id).Findings.First(f => f.Id == id);
        foreach (var language in FindingTexts.Languages)
        {
            var texts = FindingTexts.In(language);
            var text = texts[id];
            text.Title.ShouldNotBeEmpty(language);
            text.Fix.ShouldNotBeEmpty(language);
            text.Fix.Keys.ShouldBe(FindingTexts.In("en")[id].Fix.Keys);
            foreach (var words in text.Fix.Values.Append(text.Expected).Append(text.Seen).Append(text.Means))
            {
                FindingTexts.Fill(words, finding.Values).ShouldNotContain("{", customMessage: $"{id} {language}");
            }
        }
    }

    private static CallDiagnosis Shown(string id) =>
        Diagnosed.GetOrAdd(Scenarios.ById[id].Shows, script => script.Diagnose());

    [Fact]
    public void Ids_are_there_once_and_in_order()
    {
        var ids = RuleBook.Rules.Select(rule => rule.Id).ToList();
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count);
        ids.ShouldBe(
            ids.OrderBy(id => "EM BK SG MD".IndexOf(id[..2], StringComparison.Ordinal))
                .ThenBy(id => id, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_sound_call_gives_no_finding_at_all()
    {
        var script = new Script()
            .A("INVITE", Script.Offer)
            .B(100)
            .B(183, Script.Answer)
            .Rtp(8, tone: i => Script.Sine(i, 300 + (i / 7 % 900)))
            .Rtp(8, toCaller: false, ssrc: 9)
            .Wait(2)
            .B(200, Script.Answer)
            .A("ACK", tag: "b")
            .Wait(6)
            .A("BYE", cseq: 2, tag: "b")
            .B(200, of: "BYE", cseq: 2);
        script.Diagnose().Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_cause_of_a_finding_stands_before_it()
    {
        var script = new Script()
            .A("INVITE", Script.Offer)
            .B(183, Script.Answer.Replace("6000", "0", StringComparison.Ordinal))
            .Wait(5)
            .B(200, Script.Answer)
            .Rtp(3);
        var findings = script.Diagnose().Findings;
        var effect = findings.Single(f => f.Id == "EM-02");
        effect.CausedBy.ShouldBe(["EM-17"]);
        var order = findings.Select(f => f.Id).ToList();
        order.IndexOf("EM-17").ShouldBeLessThan(order.IndexOf("EM-02"));
    }

    [Fact]
    public void Every_finding_counts_how_often_its_rule_was_reached()
    {
        var diagnosis = EarlyMediaScenarios.All().First().Shows.Diagnose();
        var rule = diagnosis.Rules.Single(r => r.Id == "EM-01");
        rule.ShouldBe(new RuleCount("EM-01", 1, 1));
        diagnosis.Rules.Single(r => r.Id == "BK-01").Reached.ShouldBe(0);
    }
}
