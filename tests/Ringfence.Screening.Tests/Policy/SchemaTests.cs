using System.Text.Json;
using System.Text.RegularExpressions;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules;

namespace Ringfence.Screening.Tests.Policy;

/// <summary>The schema that editors complete by says what the parser takes.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Definitions = JsonDocument
        .Parse(ScreeningPolicy.JsonSchema)
        .RootElement.GetProperty("$defs");

    [Fact]
    public void It_knows_every_fact_and_no_other() =>
        Definitions
            .GetProperty("when")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                FactCatalogue.Askable.Select(FactNames.Of).Append("any").Append("not").Order(StringComparer.Ordinal)
            );

    [Fact]
    public void It_knows_every_word_of_every_fact()
    {
        foreach (var fact in FactCatalogue.Askable.Where(f => FactCatalogue.KindOf(f) == FactKind.Word))
        {
            var words = Definitions
                .GetProperty("when")
                .GetProperty("properties")
                .GetProperty(FactNames.Of(fact))
                .GetProperty("anyOf")[0]
                .GetProperty("enum");
            words.EnumerateArray().Select(w => w.GetString()).ShouldBe(FactCatalogue.Words(fact));
        }
    }

    [Theory]
    [InlineData("progress")]
    [InlineData("challenge press-digit")]
    [InlineData("challenge say-who")]
    [InlineData("challenge dance")]
    [InlineData("refuse")]
    [InlineData("refuse 603+")]
    [InlineData("refuse 608")]
    [InlineData("refuse 200")]
    [InlineData("mark odd")]
    [InlineData("mark two words")]
    [InlineData("stop")]
    public void It_takes_the_actions_that_the_parser_takes(string action)
    {
        var pattern = Definitions
            .GetProperty("rule")
            .GetProperty("properties")
            .GetProperty("then")
            .GetProperty("pattern")
            .GetString()!;
        Regex
            .IsMatch(action, pattern)
            .ShouldBe(Calls.Parse($"  - {{ when: {{ verification: failed }}, then: {action} }}\n").Policy is not null);
    }

    [Fact]
    public void It_takes_every_code_that_the_parser_takes()
    {
        var pattern = Definitions
            .GetProperty("rule")
            .GetProperty("properties")
            .GetProperty("then")
            .GetProperty("pattern")
            .GetString()!;
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            Regex.IsMatch(new RuleAction(RuleVerb.Refuse, code).ToString(), pattern).ShouldBeTrue(code.ToString());
        }
    }

    [Theory]
    [InlineData("> 30")]
    [InlineData(">=5")]
    [InlineData("< .2")]
    [InlineData("= 3")]
    [InlineData("7")]
    [InlineData("5 .. 10")]
    [InlineData("~ 3")]
    [InlineData("=> 3")]
    [InlineData("5..")]
    [InlineData("> x")]
    public void It_takes_the_comparisons_that_the_parser_takes(string comparison)
    {
        var pattern = Definitions.GetProperty("comparison").GetProperty("anyOf")[1].GetProperty("pattern").GetString()!;
        var isTaken =
            Calls.Parse($"  - {{ when: {{ calls-per-day: \"{comparison}\" }}, then: progress }}\n").Policy is not null;
        Regex.IsMatch(comparison, pattern).ShouldBe(isTaken);
    }
}
