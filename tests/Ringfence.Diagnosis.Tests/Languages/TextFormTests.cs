using System.Globalization;
using System.Text.RegularExpressions;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Tones;

namespace Ringfence.Diagnosis.Tests.Languages;

/// <summary>The texts of a language have the form of those of English, and the typography of their own.</summary>
public sealed partial class TextFormTests
{
    public static TheoryData<string> Languages() => [.. FindingTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_texts_are_those_of_English_with_the_same_names(string language)
    {
        var (english, own) = (Texts.Of("en"), Texts.Of(language));
        own.Keys.Order(StringComparer.Ordinal).ShouldBe(english.Keys.Order(StringComparer.Ordinal));
        own.Where(text => !Texts.Names(text.Value).SequenceEqual(Texts.Names(english[text.Key])))
            .ShouldBeEmpty(language);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_texts_end_as_those_of_English(string language)
    {
        var english = Texts.Of("en");
        Texts.Of(language).Where(text => End(text.Value) != End(english[text.Key])).ShouldBeEmpty(language);

        static string End(string text) =>
            text.Length > 0 && ".:)".Contains(text[^1], StringComparison.Ordinal) ? text[^1..] : "";
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_space_is_doubled_or_stands_at_an_end(string language) =>
        Texts
            .Of(language)
            .Where(text => !text.Key.EndsWith(".colon", StringComparison.Ordinal))
            .Where(text => text.Value != text.Value.Trim() || Doubled().IsMatch(text.Value))
            .ShouldBeEmpty(language);

    [Theory]
    [InlineData("fr", "[\"']|[„“”]")]
    [InlineData("es", "[\"']|[„“”]")]
    [InlineData("de", "[\"']|[«»”]")]
    public void Quotes_and_apostrophes_are_those_of_the_language(string language, string foreign)
    {
        Texts.Of(language).Where(text => Regex.IsMatch(text.Value, foreign)).ShouldBeEmpty(language);
        Texts.OfPages(language).ShouldNotBeEmpty();
        Texts.OfPages(language).Where(text => Regex.IsMatch(text.Value, foreign)).ShouldBeEmpty(language);
    }

    [Fact]
    public void French_has_its_no_break_spaces()
    {
        Texts.Of("fr").Where(text => Breaking().IsMatch(text.Value)).ShouldBeEmpty();
        Texts.OfPages("fr").Where(text => Breaking().IsMatch(text.Value)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("de")]
    public void A_figure_is_not_parted_from_its_unit(string language) =>
        Texts.Of(language).Where(text => Unit().IsMatch(text.Value)).ShouldBeEmpty(language);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_form_has_a_word_for_one_and_a_word_for_more(string language)
    {
        foreach (var (key, text) in Texts.Of(language))
        {
            foreach (Match match in Form().Matches(text))
            {
                match.Value.Trim('{', '}').Split('|').Length.ShouldBe(3, $"{language} {key}");
            }
        }
    }

    [Theory]
    [InlineData("en", "0 calls", "1 call", "2 calls")]
    [InlineData("fr", "0 appel", "1 appel", "2 appels")]
    [InlineData("es", "0 llamadas", "1 llamada", "2 llamadas")]
    [InlineData("de", "0 Anrufe", "1 Anruf", "2 Anrufe")]
    public void What_is_counted_agrees_with_its_number(string language, string none, string one, string two) =>
        Enumerable.Range(0, 3).Select(count => Count(language, count)).ShouldBe([none, one, two]);

    [Theory]
    [InlineData("en", "1.5", "1.5")]
    [InlineData("fr", "1.5", "1,5")]
    [InlineData("de", "-66 dBm0", "−66\u00a0dBm0")]
    [InlineData("es", "12.25 s", "12,25\u00a0s")]
    [InlineData("de", "2026-03-01", "01.03.2026")]
    [InlineData("fr", "2026-03-01", "01/03/2026")]
    [InlineData("en", "2026-03-01", "2026-03-01")]
    [InlineData("de", "192.0.2.1", "192.0.2.1")]
    [InlineData("fr", "1.2 v", "1.2 v")]
    [InlineData("es", ".5", ".5")]
    [InlineData("fr", "", "–")]
    public void Figures_and_days_are_written_as_the_language_writes_them(
        string language,
        string value,
        string written
    ) => LocalFigures.Of(value, language).ShouldBe(written);

    [Theory]
    [InlineData("fr", "1.5", "s")]
    [InlineData("en", "1.5", "m")]
    [InlineData("de", "1", "s")]
    [InlineData("de", "-1", "s")]
    [InlineData("de", "–", "m")]
    public void A_form_is_chosen_by_the_plural_rules_of_the_language(string language, string value, string form) =>
        TextForms.Fill("{n|s|m}", _ => value, language).ShouldBe(form);

    [Fact]
    public void A_name_without_a_value_stays() =>
        TextForms.Fill("{known} {other} {", name => name == "known" ? "1" : null, "en").ShouldBe("1 {other} {");

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_the_program_calls_by_name_has_a_word(string language)
    {
        var (texts, words) = (FindingTexts.In(language), LadderWords.In(language));
        string[] said =
        [
            .. Enum.GetNames<DamageKind>().Select(name => texts.Word("damage." + name)),
            .. Enum.GetNames<DtmfKind>().Select(name => words["digit." + name]),
            .. TonePlan.Default.SpecialInformation.Select(tone => words["sit." + tone.Name]),
        ];
        said.ShouldAllBe(word => word.Length > 0);
    }

    private static string Count(string language, int count) =>
        FindingTexts.In(language).Word("count.call", ("count", count.ToString(CultureInfo.InvariantCulture)));

    [GeneratedRegex("[ \u00a0]{2}")]
    private static partial Regex Doubled();

    [GeneratedRegex(" [:;!?»](?:[ .,)]|$)|« ")]
    private static partial Regex Breaking();

    [GeneratedRegex(@"[\d}] (?:s|ms|Hz|dBm0|%)(?!\w)")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\{[^}]*\|[^}]*\}")]
    private static partial Regex Form();
}
