using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Tests.Policy;

public sealed class PolicyMistakeTests
{
    [Fact]
    public void Every_mistake_is_told_at_once_with_line_and_remedy()
    {
        var result = Calls.Parse(
            """
              - { name: a, when: { calls-per-minite: 3 }, then: refuse 608 }
              - { name: a, then: refuse 999 }
              - { when: { attestation: [D, A] }, than: progress }
              - { owner: boss, then: challenge sing }
              - just text
              - when: { caller: "/(a/", schedule: "someday", vouched: maybe, reputation: "~ 3" }
                then: mark two words
                because: []
              - { when: { caller-in: callee.bloked, not: 3, any: {} }, then: stop }
            """
        );

        result.Policy.ShouldBeNull();
        result.Mistakes.ShouldAllBe(m =>
            m.Severity == MistakeSeverity.Error && m.File == "p.yaml" && m.Column > 0 && m.Remedy.Length > 0
        );
        result
            .Mistakes.Select(m => (m.Line, m.Message))
            .ShouldBe([
                (2, "there is no fact 'calls-per-minite'"),
                (3, "two rules are named 'a'"),
                (3, "'999' is no code that refuses a call"),
                (4, "the rule does nothing"),
                (4, "'attestation' is never 'D'"),
                (4, "a rule has no 'than'"),
                (5, "'boss' owns no rules"),
                (5, "'challenge sing' is no challenge"),
                (6, "a rule is a mapping"),
                (7, "'/(a/' is no pattern"),
                (7, "'someday' is no schedule"),
                (7, "'vouched' is true or false"),
                (7, "'~ 3' is no comparison"),
                (8, "'mark two words' is no mark"),
                (9, "'because' is no text"),
                (10, "a callee has no list 'callee.bloked'"),
                (10, "'when' holds conditions"),
                (10, "'any' holds a list of conditions"),
                (10, "'stop' is nothing that a rule can do"),
            ]);
        result.Mistakes[0].Remedy.ShouldBe("did you mean 'calls-per-minute'?");
        result.Mistakes[5].Remedy.ShouldBe("did you mean 'then'?");
        result
            .Mistakes[0]
            .ToString()
            .ShouldBe("p.yaml:2:24: error: there is no fact 'calls-per-minite'; did you mean 'calls-per-minute'?");
    }

    [Theory]
    [InlineData("policy: [ { then: progress", "not YAML")]
    [InlineData("", "there is no policy")]
    [InlineData("policy: 3", "a policy is a list of rules")]
    [InlineData("other: 3", "a policy is a list of rules")]
    [InlineData("policy: [ { then: progress, then: progress } ]", "not YAML")]
    [InlineData("policy: [ { then: [progress] } ]", "is nothing that a rule can do")]
    [InlineData("policy: [ { name: '', then: progress } ]", "the name is empty")]
    [InlineData("policy: [ { when: { caller: [] }, then: progress } ]", "neither a value nor a list")]
    [InlineData("policy: [ { when: { caller: { a: b } }, then: progress } ]", "neither a value nor a list")]
    [InlineData("policy: [ { when: { caller: '' }, then: progress } ]", "is no pattern")]
    [InlineData("policy: [ { when: { strangers: true }, then: progress } ]", "there is no fact 'strangers'")]
    [InlineData("policy: [ { when: { none: true }, then: progress } ]", "there is no fact 'none'")]
    [InlineData("policy: [ { when: { caller: '/(?=a)b/' }, then: progress } ]", "is no pattern")]
    [InlineData("policy: [ { when: { caller: '/(a{900}){900}/' }, then: progress } ]", "is no pattern")]
    [InlineData("policy: [ { when: { caller: '+33200..+33100' }, then: progress } ]", "is no pattern")]
    [InlineData("policy: [ { when: { schedule: '25:00-26:00' }, then: progress } ]", "is no schedule")]
    [InlineData("policy: [ { when: { schedule: 'Mars/Olympus' }, then: progress } ]", "is no schedule")]
    [InlineData("policy: [ { when: { schedule: '' }, then: progress } ]", "is no schedule")]
    [InlineData("policy: [ { when: { calls-per-day: 9..3 }, then: progress } ]", "is no comparison")]
    [InlineData("policy: [ { when: { calls-per-day: '>' }, then: progress } ]", "is no comparison")]
    [InlineData("policy: [ { then: refuse 200 } ]", "'200' is no code")]
    [InlineData("policy: [ { then: refuse 6o7 } ]", "'6o7' is no code")]
    [InlineData("policy: [ { then: progress, because: { english: x } } ]", "'because' is no text")]
    public void A_mistake_has_a_message(string yaml, string message)
    {
        var result = PolicyParser.Parse(yaml, "p.yaml");
        result.Policy.ShouldBeNull();
        result.Mistakes.ShouldHaveSingleItem().Message.ShouldContain(message);
    }

    [Fact]
    public void A_text_of_brackets_is_refused_before_it_is_built()
    {
        PolicyParser.Parse(new string('[', 100_000), "p").Mistakes.Single().Message.ShouldContain("nested deeper");
        PolicyParser.Parse(new string(' ', 5 << 20), "p").Mistakes.Single().Message.ShouldContain("characters");
    }

    [Fact]
    public void Too_many_rules_are_refused()
    {
        var rules = string.Concat(Enumerable.Repeat("  - { then: progress }\n", ScreeningPolicy.MaxRules + 1));
        Calls.Parse(rules).Mistakes.Single().Message.ShouldContain("16385 rules");
    }

    [Fact]
    public void Names_that_do_not_exist_are_mistakes_where_the_names_are_known()
    {
        const string Rules = "  - { when: { caller-in: bloked, trunk: carier-a }, then: refuse 608 }\n";
        Calls.Parse(Rules).Policy.ShouldNotBeNull();
        var vocabulary = new PolicyVocabulary { Lists = ["blocked"], Trunks = ["carrier-a"] };
        Calls
            .Parse(Rules, vocabulary)
            .Mistakes.Select(m => m.Remedy)
            .ShouldBe(["did you mean 'blocked'?", "did you mean 'carrier-a'?"]);
        Calls
            .Parse(
                "  - { when: { caller-in: [blocked, callee.blocked], trunk: [carrier-a, \"x*\"] }, then: refuse 608 }\n",
                vocabulary
            )
            .Policy.ShouldNotBeNull();
    }

    [Fact]
    public void A_node_of_a_configuration_keeps_its_lines()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader("listen: []\npolicy:\n  - { then: fly }\n"));
        var node = ((YamlMappingNode)stream.Documents[0].RootNode).Children["policy"];
        PolicyParser
            .Parse(node, "ringfence.yaml")
            .Mistakes.Single()
            .ToString()
            .ShouldStartWith("ringfence.yaml:3:13: error: 'fly'");
    }

    [Fact]
    public void The_example_of_the_guide_compiles_without_warnings()
    {
        var result = Calls.Parse(
            """
              - { when: { caller-in: callee.blocked }, then: refuse 607, because: "blocked by the called party" }
              - { when: { verification: failed },      then: refuse 608, because: "caller identity does not hold" }
              - { when: { attestation: [C, none], calls-per-minute: "> 30" }, then: challenge press-digit }
              - { then: progress }
            """
        );
        result.Mistakes.ShouldBeEmpty();
        result
            .Policy.ShouldNotBeNull()
            .Rules.Select(r => r.Action.ToString())
            .ShouldBe(["refuse 607", "refuse 608", "challenge press-digit", "progress"]);
        result.Policy.Rules.Select(r => r.Name).ShouldBe(["rule 1", "rule 2", "rule 3", "rule 4"]);
        result
            .Policy.Rules.Select(r => r.Owner)
            .ShouldBe([RuleOwner.User, RuleOwner.Operator, RuleOwner.Operator, RuleOwner.Operator]);
    }

    [Fact]
    public void The_default_policy_has_no_mistakes() =>
        PolicyParser.Parse(ScreeningPolicy.DefaultText, "default-policy.yaml").Mistakes.ShouldBeEmpty();
}
