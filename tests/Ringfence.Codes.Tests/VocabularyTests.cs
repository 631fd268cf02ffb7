namespace Ringfence.Codes.Tests;

/// <summary>Keys of the facts and keys of the labels are the same set: nothing is unworded, nothing is worded in vain.</summary>
public sealed class VocabularyTests
{
    private static readonly Labels Labels = Language.Load("en").Labels;

    [Fact]
    public void Each_value_of_an_enumerated_fact_is_worded_and_used()
    {
        foreach (var axis in Axis.All)
        {
            CodeCatalogue
                .All.Select(axis.Value)
                .Distinct()
                .ShouldBe(Labels.Values[axis.Name].Keys, ignoreOrder: true, axis.Name);
        }
    }

    [Fact]
    public void Each_listed_key_is_worded_and_used()
    {
        Same(
            Labels.Actions,
            f =>
                new[] { f.Next.Uac, f.Next.Proxy, f.Next.ForkingProxy, f.Next.B2bua, f.Next.Gateway }.SelectMany(s =>
                    s.Value
                )
        );
        Same(
            Labels.Conditions,
            f => f.Headers.Select(h => h.When).Concat(f.Q850.From.Select(q => q.When)).OfType<string>()
        );
        Same(Labels.Participants, f => f.Ladder.Participants);
        Same(Labels.Steps, f => f.Ladder.Arrows.Select(a => a.Step).OfType<string>());
        Same(
            Labels.Media,
            f => f.Ladder.Arrows.Select(a => a.Media).OfType<LadderMedia>().Select(m => Axis.Key(m.Kind))
        );
        Same(Labels.Locations, f => f.Q850.To is { } to ? [to.Location] : []);
        Same(Labels.Values["senders"], f => f.Senders.Value);
        Same(Labels.Values["methods"], f => f.Methods.Value.Where(m => char.IsLower(m[0])));
        Same(
            Labels.Software,
            f =>
                new[] { f.Software.Asterisk, f.Software.Freeswitch, f.Software.Kamailio }
                    .SelectMany(s => s.Sends)
                    .Where(s => !char.IsDigit(s[0]))
        );
    }

    [Fact]
    public void Each_decision_key_is_worded_and_used()
    {
        var words = Language.Load("en").Decision;
        DecisionTable.Rows.Select(r => r.Who).Distinct().ShouldBe(words.Who.Keys, ignoreOrder: true);
        DecisionTable.Rows.Select(r => r.Why).Distinct().ShouldBe(words.Why.Keys, ignoreOrder: true);
        DecisionTable.Rows.Select(r => r.Whom).Distinct().ShouldBe(words.Whom.Keys, ignoreOrder: true);
        DecisionTable.Rows.Select(r => r.Id).ShouldBe(words.Because.Keys, ignoreOrder: true);
    }

    private static void Same<T>(Dictionary<string, T> worded, Func<CodeFacts, IEnumerable<string>> used) =>
        CodeCatalogue.All.SelectMany(used).Distinct().ShouldBe(worded.Keys, ignoreOrder: true);
}
