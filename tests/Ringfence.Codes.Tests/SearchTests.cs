namespace Ringfence.Codes.Tests;

public sealed class SearchTests
{
    private static readonly CodeSearch English = new(Language.Load("en"));
    private static readonly CodeSearch Every = new([.. Language.Available.Select(name => Language.Load(name.Code))]);

    public static TheoryData<int> Registered => [.. CodeCatalogue.Registered.Select(f => f.Code)];

    [Theory]
    [MemberData(nameof(Registered))]
    public void A_number_finds_its_code_first(int code) => First(English, $"{code}").ShouldBe(code);

    [Theory]
    [MemberData(nameof(Registered))]
    public void A_phrase_finds_its_code_first_in_any_case(int code)
    {
        var phrase = CodeCatalogue.Get(code).Phrase;
        CodeCatalogue.Get(First(English, phrase)).Phrase.ShouldBe(phrase);
        First(English, phrase.ToUpperInvariant()).ShouldBe(First(English, phrase));
        First(Every, phrase).ShouldBe(First(English, phrase));
    }

    [Theory]
    [InlineData("unwanted", 607)]
    [InlineData("busy", 486)]
    [InlineData("ringback", 180)]
    [InlineData("early media", 183)]
    [InlineData("wrong password", 401)]
    [InlineData("codec mismatch", 488)]
    [InlineData("session timer", 422)]
    [InlineData("number does not exist", 404)]
    [InlineData("redress", 608)]
    [InlineData("stale date", 403)]
    [InlineData("Min-SE", 422)]
    [InlineData("WWW-Authenticate", 401)]
    [InlineData("all phones stop ringing", 600)]
    [InlineData("caller hung up", 487)]
    [InlineData("glare", 491)]
    [InlineData("phone does not ring", 480)]
    [InlineData("certificate url", 436)]
    [InlineData("Bad Identity-Info", 436)]
    [InlineData("drops after 32 seconds", 200)]
    public void A_symptom_or_header_field_finds_the_code(string query, int code) =>
        First(English, query).ShouldBe(code);

    [Fact]
    public void Spam_finds_the_two_ways_to_refuse_it_the_users_first() =>
        English.Find("spam").Select(hit => hit.Found.Code).Take(2).ShouldBe([607, 608]);

    [Theory]
    [InlineData("unwnated", 607)]
    [InlineData("ringbck", 180)]
    [InlineData("Declin", 603)]
    [InlineData("Temporarly Unavailabel", 480)]
    [InlineData("forbiden", 403)]
    [InlineData("proxy autentication requird", 407)]
    public void Typing_mistakes_are_forgiven(string query, int code) => First(English, query).ShouldBe(code);

    [Theory]
    [InlineData("früh", "fruh")]
    [InlineData("Média Précoce", "media precoce")]
    [InlineData("cœur", "coeur")]
    [InlineData("größe", "grosse")]
    [InlineData("señal", "senal")]
    public void Accents_and_capitals_do_not_matter(string typed, string folded) => Fold.Line(typed).ShouldBe(folded);

    [Fact]
    public void A_class_finds_its_codes_only()
    {
        var codes = English.Find("6xx", limit: 100).Select(hit => hit.Found.Code).ToList();
        codes.ShouldBe([600, 603, 604, 606, 607, 608, 687], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("xyzzyplugh")]
    [InlineData("999")]
    [InlineData("\u0000\u0007")]
    public void What_cannot_be_found_gives_nothing(string query) => English.Find(query).ShouldBeEmpty();

    [Fact]
    public void A_query_of_any_length_is_taken() => English.Find(new string('a', 100_000)).ShouldBeEmpty();

    [Fact]
    public void The_limit_is_kept() => English.Find("call", 3).Count.ShouldBeLessThanOrEqualTo(3);

    [Theory]
    [InlineData("busy", "busy", 0, true)]
    [InlineData("busy", "bussy", 1, true)]
    [InlineData("bsuy", "busy", 1, true)]
    [InlineData("busy", "bury", 1, true)]
    [InlineData("busy", "buy", 1, true)]
    [InlineData("busy", "bank", 1, false)]
    [InlineData("busy", "busier", 1, false)]
    public void A_typo_is_a_missing_surplus_wrong_or_swapped_letter(
        string typed,
        string word,
        int limit,
        bool within
    ) => Typo.Within(typed, word, limit).ShouldBe(within);

    [Fact]
    public void Within_one_letter_is_the_same_both_ways() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>(
                (one, other) => Typo.Within(one.Get, other.Get, 1) == Typo.Within(other.Get, one.Get, 1)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_query_makes_the_search_fail() =>
        Prop.ForAll<NonNull<string>>(query => Every.Find(query.Get).Count <= 10).QuickCheckThrowOnFailure();

    private static int First(CodeSearch search, string query) => search.Find(query)[0].Found.Code;
}
