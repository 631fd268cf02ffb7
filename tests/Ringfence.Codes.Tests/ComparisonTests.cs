using System.Diagnostics;
using System.Text;

namespace Ringfence.Codes.Tests;

public sealed class ComparisonTests(ITestOutputHelper output)
{
    private static readonly Language English = Language.Load("en");

    public static TheoryData<string> Languages => Data.Languages;

    [Theory]
    [MemberData(nameof(Languages))]
    public void All_pairs_of_registered_codes_read_well(string code)
    {
        var language = Language.Load(code);
        var codes = CodeCatalogue.Registered.Select(f => f.Code).ToList();
        var (pairs, bytes, largest) = (0, 0L, 0);
        var faults = new List<string>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < codes.Count; i++)
        {
            for (var j = i + 1; j < codes.Count; j++)
            {
                var comparison = Comparison.Of(codes[i], codes[j], language);
                var size = Encoding.UTF8.GetByteCount(CodeRendering.ToMarkdown(comparison));
                (pairs, bytes, largest) = (pairs + 1, bytes + size, Math.Max(largest, size));
                faults.AddRange(Faults(comparison).Select(fault => $"{comparison.Title} {fault}"));
            }
        }
        faults.ShouldBeEmpty();
        pairs.ShouldBe(2775);
        output.WriteLine(
            $"{code}: {pairs} comparisons in {watch.ElapsedMilliseconds} ms, {bytes / 1024} kB as Markdown, largest {largest} B"
        );
    }

    [Fact]
    public void The_order_of_the_codes_does_not_matter()
    {
        CodeRendering
            .ToJson(Comparison.Of(607, 183, English))
            .ShouldBe(CodeRendering.ToJson(Comparison.Of(183, 607, English)));
        new CodePair(607, 183).ToString().ShouldBe("183-vs-607");
    }

    [Fact]
    public void A_code_is_not_compared_with_itself() =>
        Should.Throw<ArgumentException>(() => Comparison.Of(607, 607, English));

    [Fact]
    public void An_unknown_code_is_not_compared() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Comparison.Of(183, 299, English));

    [Fact]
    public void Progress_and_refusal_differ_in_what_matters_most_first()
    {
        var comparison = Comparison.Of(SipStatus.SessionProgress, SipStatus.Unwanted, English);
        comparison.Written.ShouldNotBeNull();
        comparison
            .Differences.Select(d => d.Axis)
            .Take(9)
            .ShouldBe(["says", "class", "session", "forking", "media", "speaks", "retry", "hears", "billing"]);
        comparison
            .Differences[3]
            .Sentence.ShouldBe(
                "183 leaves the other branches running; 607 ends every branch, and no new one may be started."
            );
        comparison.CommonSteps.ShouldBe(6);
        comparison.PartsAt.ShouldBe("The two exchanges part at step 7.");
    }

    [Fact]
    public void Decline_and_unwanted_do_not_differ_for_a_forking_proxy()
    {
        var comparison = Comparison.Of(SipStatus.Decline, SipStatus.Unwanted, English);
        comparison.Differences.ShouldNotContain(d => d.Axis == "forking" || d.Axis == "class");
        comparison.Same.ShouldContain(s => s.Axis == "forking");
        comparison.Differences.ShouldContain(d => d.Axis == "retry");
    }

    [Fact]
    public void A_pair_without_a_written_text_gets_its_verdict_from_both_meanings()
    {
        var comparison = Comparison.Of(413, 414, English);
        comparison.Written.ShouldBeNull();
        comparison.Verdict.ShouldBe(
            "413 says the body is larger than the server takes; 414 says the Request-URI is too long."
        );
        comparison.WhichToSend.ShouldStartWith("Send 413 when the body is larger");
    }

    [Fact]
    public void Ladders_that_go_the_same_way_are_said_to()
    {
        Comparison.Of(403, 404, English).PartsAt.ShouldBe("Both exchanges take the same way; only the code differs.");
        Comparison.Of(401, 607, English).PartsAt.ShouldBe("The two exchanges differ from the first step.");
    }

    [Fact]
    public void Forty_pairs_and_more_are_written_by_hand() =>
        CodePair.Written("en").Count().ShouldBeGreaterThanOrEqualTo(40);

    [Fact]
    public void A_written_pair_is_a_confusion_that_both_codes_name()
    {
        foreach (var pair in CodePair.Written("en"))
        {
            CodeCatalogue.Get(pair.Lower).ConfusedWith.ShouldContain(pair.Higher, pair.ToString());
        }
    }

    [Fact]
    public void The_rules_find_a_difference_that_does_not_exist()
    {
        var sound = Comparison.Of(413, 414, English);
        Faults(sound).ShouldBeEmpty();
        var idle = sound.Differences[1] with { A = "the same", B = "the same" };
        Faults(sound with { Differences = [sound.Differences[0], idle] })
            .ShouldContain($"no difference: {idle.Heading}: the same");
        Faults(sound with { Differences = [] }).ShouldNotBeEmpty();
        Faults(sound with { Verdict = "{a} says nothing" }).ShouldNotBeEmpty();
        Faults(sound with { Same = [new(sound.Differences[1].Axis, "", "", [])] })
            .ShouldContain("a matter is listed twice");
    }

    private static IEnumerable<string> Faults(Comparison comparison)
    {
        var axes = comparison.Differences.Select(d => d.Axis).Concat(comparison.Same.Select(s => s.Axis)).ToList();
        if (axes.Distinct().Count() != axes.Count)
        {
            yield return "a matter is listed twice";
        }
        if (comparison.Differences.Count == 0 || comparison.Differences[0].Axis != "says")
        {
            yield return "what the codes say does not come first";
        }
        foreach (var difference in comparison.Differences)
        {
            if (difference.A == difference.B)
            {
                yield return $"no difference: {difference.Heading}: {difference.A}";
            }
            if (difference.Sentence is { } sentence && !IsAbout(sentence, comparison))
            {
                yield return $"not a sentence about both: {sentence}";
            }
        }
        foreach (var sentence in (string[])[comparison.Verdict, comparison.WhichToSend, comparison.PartsAt])
        {
            if (!IsSentence(sentence))
            {
                yield return $"not a sentence: {sentence}";
            }
        }
        if (comparison.A.Summary == comparison.B.Summary)
        {
            yield return "both are summed up alike";
        }
        if (comparison.Related.Any(pair => pair.Lower == comparison.A.Code && pair.Higher == comparison.B.Code))
        {
            yield return "it is related to itself";
        }
    }

    private static bool IsAbout(string sentence, Comparison comparison) =>
        IsSentence(sentence)
        && sentence.Contains($"{comparison.A.Code} ", StringComparison.Ordinal)
        && sentence.Contains($"{comparison.B.Code} ", StringComparison.Ordinal);

    private static bool IsSentence(string text) =>
        text.EndsWith('.')
        && !text.EndsWith("..", StringComparison.Ordinal)
        && !text.Contains('{')
        && !text.Contains("  ", StringComparison.Ordinal)
        && char.IsAsciiLetterLower(text[0]) is false;
}
