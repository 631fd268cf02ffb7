namespace Ringfence.Codes.Tests;

public sealed class LanguageTests
{
    private static readonly Language English = Language.Load("en");

    public static TheoryData<string> Languages => Data.Languages;

    public static TheoryData<string> Translations => Data.Translations;

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_listed_language_is_complete(string language) => LanguageCheck.Faults(language).ShouldBeEmpty();

    [Fact]
    public void A_language_without_texts_is_named_with_all_that_it_lacks()
    {
        var faults = LanguageCheck.Faults("xx");
        faults.ShouldContain("xx lacks texts/607.json");
        faults.ShouldContain("xx lacks pairs/183-607.json");
        faults.ShouldContain("xx lacks labels");
        faults.ShouldContain("xx lacks decision");
    }

    [Fact]
    public void A_language_that_is_not_listed_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Language.Load("xx"));

    [Fact]
    public void A_language_is_loaded_once() => Language.Load("en").ShouldBeSameAs(English);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Clauses_have_no_full_stop_and_sentences_have_one(string code)
    {
        var language = Language.Load(code);
        foreach (var facts in CodeCatalogue.All)
        {
            var text = language.Text(facts.Code);
            foreach (var clause in (string[])[text.Says, text.SendWhen])
            {
                clause.ShouldNotEndWith(".", customMessage: $"{code} {facts.Code}");
            }
            foreach (var sentence in TextRules.Prose(text).Skip(2))
            {
                (
                    sentence.EndsWith('.')
                    || sentence.EndsWith('?')
                    || sentence.EndsWith('“')
                    || sentence.EndsWith('»')
                    || sentence.EndsWith(')')
                ).ShouldBeTrue($"{code} {facts.Code}: {sentence}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Texts_are_compact_calm_and_clean(string code)
    {
        var language = Language.Load(code);
        foreach (var facts in CodeCatalogue.All)
        {
            var text = language.Text(facts.Code);
            text.Seen.Count.ShouldBeInRange(1, 4);
            text.Causes.Count.ShouldBe(English.Text(facts.Code).Causes.Count, $"{code} {facts.Code}");
            text.Notes.Count.ShouldBeLessThanOrEqualTo(4);
            text.Words.ShouldNotBeEmpty();
            text.Description.Length.ShouldBeInRange(60, 750, $"{code} {facts.Code}");
            foreach (
                var steps in (IReadOnlyList<string>[])[text.Resolve.Caller, text.Resolve.Operator, text.Resolve.Called]
            )
            {
                steps.Count.ShouldBeInRange(1, 5, $"{code} {facts.Code}");
            }
            foreach (var prose in TextRules.Prose(text))
            {
                Clean(prose).ShouldBeTrue($"{code} {facts.Code}: {prose}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_two_codes_say_the_same(string code)
    {
        var texts = CodeCatalogue.All.Select(f => Language.Load(code).Text(f.Code)).ToList();
        texts.Select(t => t.Says).ShouldBeUnique();
        texts.Select(t => t.Summary).ShouldBeUnique();
        texts.Select(t => t.Description).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_two_values_of_a_fact_have_the_same_wording(string code)
    {
        foreach (var (axis, values) in Language.Load(code).Labels.Values)
        {
            values.Values.Select(v => v.Short).ShouldBeUnique();
            values.Values.Select(v => v.Says).OfType<string>().ShouldBeUnique();
            values.Values.Count(v => v.Says is null).ShouldBe(axis is "methods" or "senders" ? values.Count : 0, axis);
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Translations))]
    public void Placeholders_are_kept(string code)
    {
        var own = Language.Load(code).Labels.Ui;
        foreach (var (key, text) in English.Labels.Ui)
        {
            Placeholders(own[key]).ShouldBe(Placeholders(text), $"{code} ui/{key}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Translations))]
    public void No_English_is_left_in_another_language(string code)
    {
        var language = Language.Load(code);
        foreach (var facts in CodeCatalogue.All)
        {
            var prose = TextRules.Prose(language.Text(facts.Code)).ToList();
            prose.ShouldAllBe(item => !TextRules.LooksEnglish(item));
            TextRules.EnglishShare(string.Join(' ', prose)).ShouldBeLessThan(0.02, $"{code} {facts.Code}");
        }
        foreach (var pair in CodePair.Written(code))
        {
            TextRules.Prose(language.Text(pair)!).ShouldAllBe(item => !TextRules.LooksEnglish(item));
        }
        language.Labels.Flatten().Select(e => e.Value).ShouldAllBe(item => !TextRules.LooksEnglish(item));
        language.Decision.Because.Values.ShouldAllBe(item => !TextRules.LooksEnglish(item));
    }

    [Fact]
    public void The_check_for_English_fails_on_English()
    {
        foreach (var facts in CodeCatalogue.All)
        {
            TextRules
                .EnglishShare(string.Join(' ', TextRules.Prose(English.Text(facts.Code))))
                .ShouldBeGreaterThan(0.06, $"{facts.Code}");
        }
        TextRules.LooksEnglish("The called phone is alerting its user.").ShouldBeTrue();
        TextRules.LooksEnglish("Le téléphone appelé avertit son utilisateur.").ShouldBeFalse();
        TextRules.LooksEnglish("Das gerufene Telefon läutet bei seinem Benutzer.").ShouldBeFalse();
        TextRules.LooksEnglish("El teléfono llamado está avisando a su usuario.").ShouldBeFalse();
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Translations))]
    public void Labels_are_translated(string code)
    {
        var own = Language.Load(code).Labels.Flatten().ToDictionary(e => e.Key, e => e.Value);
        var same = English
            .Labels.Flatten()
            .Where(e => own[e.Key] == e.Value && e.Value.Count(c => c == ' ') >= 2)
            .Select(e => e.Key);
        same.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_glossary_is_held(string code)
    {
        var glossary = TextRules.Glossary(code);
        var faults =
            from file in Files(Language.Load(code))
            from entry in glossary
            let missing = TextRules.Holds(file.English, entry.Term)
                && !(entry.Use ?? [entry.Term]).Any(word => Has(file.Own, word))
            let unwanted = entry.Avoid.FirstOrDefault(word => Has(file.Own, word))
            where missing || unwanted is not null
            select missing
                ? $"{code} {file.Name}: \"{entry.Term}\" must be one of: {string.Join(", ", entry.Use ?? [entry.Term])}"
                : $"{code} {file.Name}: avoid \"{unwanted}\"";

        faults.ShouldBeEmpty();

        static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Each_glossary_has_the_terms_of_the_English_one()
    {
        var terms = TextRules.Glossary("en").Select(entry => entry.Term).ToList();
        foreach (var language in Language.Available)
        {
            terms.ShouldBeSubsetOf(TextRules.Glossary(language.Code).Select(entry => entry.Term), language.Code);
        }
    }

    [Fact]
    public void French_keeps_its_no_break_spaces()
    {
        Assert.SkipUnless(Language.Available.Any(name => name.Code == "fr"), "skipped: French is not listed");
        var french = Language.Load("fr");
        foreach (var facts in CodeCatalogue.All)
        {
            TextRules
                .Prose(french.Text(facts.Code))
                .ShouldAllBe(item =>
                    !item.Contains(" :") && !item.Contains(" ;") && !item.Contains(" ?") && !item.Contains("« ")
                );
        }
    }

    private static IEnumerable<(string Name, string English, string Own)> Files(Language language)
    {
        foreach (var facts in CodeCatalogue.All)
        {
            yield return (
                $"{facts.Code}",
                string.Join('\n', TextRules.Prose(English.Text(facts.Code))),
                string.Join('\n', TextRules.Prose(language.Text(facts.Code)))
            );
        }
        foreach (var pair in CodePair.Written("en"))
        {
            yield return (
                pair.ToString(),
                string.Join('\n', TextRules.Prose(English.Text(pair)!)),
                string.Join('\n', TextRules.Prose(language.Text(pair)!))
            );
        }
    }

    private static bool Clean(string text) =>
        text.Length > 0
        && text == text.Trim()
        && !text.Contains("  ", StringComparison.Ordinal)
        && !text.Contains('!')
        && !text.Contains('{')
        && !text.Contains("..", StringComparison.Ordinal) | text.Contains("...", StringComparison.Ordinal);

    private static IEnumerable<string> Placeholders(string text) =>
        text.Split('{').Skip(1).Select(part => part[..part.IndexOf('}')]).Order();
}
