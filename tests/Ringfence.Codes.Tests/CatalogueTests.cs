using System.Reflection;

namespace Ringfence.Codes.Tests;

public sealed class CatalogueTests
{
    private static readonly Dictionary<int, string> Registry = Data.Json("codes/registry.json")
        .GetProperty("codes")
        .EnumerateArray()
        .ToDictionary(e => e.GetProperty("code").GetInt32(), e => e.GetProperty("phrase").GetString()!);

    public static TheoryData<int> Codes => [.. CodeCatalogue.All.Select(f => f.Code)];

    [Fact]
    public void Every_registered_code_is_there_with_its_exact_phrase()
    {
        Registry.Count.ShouldBe(75);
        CodeCatalogue.Registered.ToDictionary(f => f.Code, f => f.Phrase).ShouldBe(Registry, ignoreOrder: true);
    }

    [Fact]
    public void A_field_code_is_not_in_the_registry() =>
        CodeCatalogue.All.Where(f => f.Status == CodeStatus.Field).ShouldAllBe(f => !Registry.ContainsKey(f.Code));

    [Fact]
    public void Only_202_is_deprecated() =>
        CodeCatalogue
            .All.Where(f => f.Status == CodeStatus.Deprecated)
            .Select(f => f.Code)
            .ShouldBe([SipStatus.Accepted]);

    [Fact]
    public void Each_registered_code_has_a_constant_named_by_its_phrase()
    {
        var constants = typeof(SipStatus)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(f => (int)f.GetRawConstantValue()!, f => f.Name);
        constants.Keys.Order().ShouldBe(Registry.Keys.Order());
        foreach (var (code, name) in constants.Where(c => c.Key != SipStatus.NotAcceptableAnywhere))
        {
            var phrase = Registry[code].Replace(" (Deprecated)", "", StringComparison.Ordinal);
            name.ShouldBe(new string([.. phrase.Where(char.IsLetterOrDigit)]), StringCompareShould.IgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Cross_references_are_symmetric_and_never_to_itself(int code)
    {
        var facts = CodeCatalogue.Get(code);
        facts.Related.Concat(facts.ConfusedWith).ShouldBeUnique();
        facts.Related.ShouldNotContain(code);
        facts.ConfusedWith.ShouldNotContain(code);
        facts.Related.ShouldAllBe(other => CodeCatalogue.Get(other).Related.Contains(code));
        facts.ConfusedWith.ShouldAllBe(other => CodeCatalogue.Get(other).ConfusedWith.Contains(code));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_sample_message_is_a_response_with_the_code_and_a_right_length(int code)
    {
        var (lines, marks) = CodeCatalogue.Get(code).Message;
        lines[0].ShouldStartWith($"SIP/2.0 {code} ");
        marks.ShouldAllBe(mark => mark >= 0 && mark < lines.Count);
        foreach (var header in (string[])["Via", "From", "To", "Call-ID", "CSeq", "Content-Length"])
        {
            lines.Count(line => line.StartsWith($"{header}: ", StringComparison.Ordinal)).ShouldBe(1, header);
        }
        var end = lines.ToList().IndexOf("");
        var body = end < 0 ? 0 : lines.Skip(end + 1).Sum(line => line.Length + 2);
        lines.ShouldContain($"Content-Length: {body}");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_header_field_that_must_always_come_is_in_the_sample_message(int code)
    {
        var facts = CodeCatalogue.Get(code);
        foreach (
            var rule in facts.Headers.Where(h => h is { Need: HeaderNeed.Must, When: null } && !h.Name.Contains(';'))
        )
        {
            facts.Message.Lines.ShouldContain(
                line => line.StartsWith($"{rule.Name}: ", StringComparison.Ordinal),
                rule.Name
            );
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_ladder_shows_the_code_between_its_participants(int code)
    {
        var ladder = CodeCatalogue.Get(code).Ladder;
        ladder.Arrows.ShouldContain(arrow => arrow.Message.StartsWith($"{code} ", StringComparison.Ordinal));
        ladder.Arrows.ShouldAllBe(arrow => arrow.From != arrow.To);
        ladder.Arrows.ShouldAllBe(arrow => Math.Max(arrow.From, arrow.To) < ladder.Participants.Count);
        ladder.Arrows.ShouldAllBe(arrow => Math.Min(arrow.From, arrow.To) >= 0);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Class_and_effects_agree_with_RFC_3261(int code)
    {
        var facts = CodeCatalogue.Get(code);
        facts.IsFinal.ShouldBe(facts.Class != SipStatusClass.Provisional);
        (facts.Best.Value == ResponseWeight.NotFinal).ShouldBe(!facts.IsFinal);
        (facts.Billing.Value == BillingEffect.Starts).ShouldBe(code == SipStatus.Ok);
        (facts.Forking.Value == ForkingEffect.EndsAll).ShouldBe(facts.Class == SipStatusClass.GlobalFailure);
        (facts.Best.Value == ResponseWeight.Wins).ShouldBe(facts.Class == SipStatusClass.GlobalFailure);
        (facts.Reliability.Value is Delivery.Never or Delivery.Prack or Delivery.PrackRare).ShouldBe(!facts.IsFinal);
        (facts.Best.Value == ResponseWeight.Preferred).ShouldBe(code is 401 or 407 or 415 or 420 or 484);
        (facts.Session.Value == SessionEffect.Redirected).ShouldBe(facts.Class == SipStatusClass.Redirection);
    }

    [Fact]
    public void Every_fact_names_a_source()
    {
        foreach (var facts in CodeCatalogue.All)
        {
            var article = CodeArticle.Of(facts.Code, Language.Load("en"));
            article.Facts.ShouldAllBe(fact => fact.Sources.Count > 0);
            article.Next.ShouldAllBe(step => step.Sources.Count > 0 && step.Steps.Count > 0);
            article.Headers.ShouldAllBe(header => header.Sources.Count > 0);
            article.Software.ShouldAllBe(line => line.Sources.Count > 0);
            article.Phrases.ShouldAllBe(line => line.Sources.Count > 0);
        }
    }

    [Theory]
    [InlineData(404, 1, "network")]
    [InlineData(480, 18, "network")]
    [InlineData(486, 17, "network")]
    [InlineData(503, 41, "network")]
    [InlineData(600, 17, "user")]
    [InlineData(603, 21, "user")]
    [InlineData(604, 1, "user")]
    [InlineData(607, 31, "user")]
    [InlineData(608, 31, "user")]
    public void Towards_ISUP_the_cause_is_that_of_RFC_3398(int code, int cause, string location)
    {
        var to = CodeCatalogue.Get(code).Q850.To.ShouldNotBeNull();
        (to.Cause, to.Location).ShouldBe((cause, location));
    }

    [Fact]
    public void From_ISUP_each_cause_becomes_one_code_unless_a_condition_decides()
    {
        var causes = CodeCatalogue
            .All.SelectMany(f => f.Q850.From)
            .Where(from => from.When is null)
            .Select(from => from.Cause);
        causes.ShouldBeUnique();
        CodeCatalogue
            .All.Where(f => f.Q850.From.Any(from => from.Cause == 21))
            .Select(f => f.Code)
            .ShouldBe([403, 603]);
    }

    [Fact]
    public void A_provisional_response_and_a_cancelled_call_release_nothing()
    {
        CodeCatalogue.OfClass(SipStatusClass.Provisional).ShouldAllBe(f => f.Q850.To == null);
        CodeCatalogue.Get(SipStatus.RequestTerminated).Q850.To.ShouldBeNull();
    }

    [Fact]
    public void A_code_outside_the_catalogue_is_a_mistake_of_the_programmer()
    {
        CodeCatalogue.TryGet(299, out _).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => CodeCatalogue.Get(299));
    }

    [Theory]
    [InlineData(SipStatusClass.Provisional, 6)]
    [InlineData(SipStatusClass.Success, 3)]
    [InlineData(SipStatusClass.Redirection, 5)]
    public void A_class_lists_its_codes(SipStatusClass statusClass, int count) =>
        CodeCatalogue.OfClass(statusClass).Count().ShouldBe(count);
}
