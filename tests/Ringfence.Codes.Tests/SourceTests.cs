using System.Text.RegularExpressions;

namespace Ringfence.Codes.Tests;

public sealed class SourceTests
{
    private static readonly HashSet<string> Others =
    [
        "IANA",
        "Q.850",
        "ATIS-1000099",
        "Asterisk",
        "FreeSWITCH",
        "Kamailio",
        "sofia-sip",
        "pjsip",
        "Wireshark",
        "RFC 2543",
        "practice",
    ];

    private static IEnumerable<string> Cited =>
        CodeCatalogue
            .All.SelectMany(f => CodeArticle.Of(f.Code, Language.Load("en")).Sources)
            .Concat(DecisionTable.Rows.SelectMany(row => row.Sources))
            .Distinct();

    [Fact]
    public void A_source_is_an_RFC_section_or_a_known_name()
    {
        foreach (var source in Cited.Where(source => !Others.Contains(source)))
        {
            source.ShouldMatch(@"^RFC [0-9]{4} §[0-9]+(\.[0-9]+)*$");
        }
    }

    [Fact]
    public void Every_RFC_section_that_is_cited_exists()
    {
        Assert.SkipWhen(Data.RfcFolder is null, "skipped: corpus not present");
        var missing = Cited
            .Where(source => !Others.Contains(source))
            .Select(source => source[4..].Split(" §"))
            .Where(parts => File.Exists(PathOf(parts[0])) && !HasSection(File.ReadAllText(PathOf(parts[0])), parts[1]))
            .Select(parts => string.Join(" §", parts));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Most_of_the_RFCs_cited_are_there_to_be_checked()
    {
        Assert.SkipWhen(Data.RfcFolder is null, "skipped: corpus not present");
        var rfcs = Cited.Where(s => !Others.Contains(s)).Select(s => s[4..8]).Distinct().ToList();
        var absent = rfcs.Where(rfc => !File.Exists(PathOf(rfc))).Order().ToList();
        absent.ShouldBe(["3312", "3329", "5360", "5839", "8599", "8876"]);
        rfcs.Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void The_check_finds_a_section_that_does_not_exist()
    {
        Assert.SkipWhen(Data.RfcFolder is null, "skipped: corpus not present");
        HasSection(File.ReadAllText(PathOf("8197")), "4").ShouldBeTrue();
        HasSection(File.ReadAllText(PathOf("8197")), "4.7").ShouldBeFalse();
        HasSection(File.ReadAllText(PathOf("3261")), "21.6.5").ShouldBeFalse();
    }

    [Theory]
    [InlineData("8197", "607")]
    [InlineData("8688", "608")]
    [InlineData("6228", "199")]
    [InlineData("4028", "422")]
    [InlineData("5079", "433")]
    public void The_defining_RFC_names_the_code(string rfc, string code)
    {
        Assert.SkipWhen(Data.RfcFolder is null, "skipped: corpus not present");
        CodeCatalogue.Get(int.Parse(code)).Defined.ShouldStartWith($"RFC {rfc} ");
        File.ReadAllText(PathOf(rfc)).ShouldContain(code);
    }

    private static string PathOf(string rfc) => Path.Combine(Data.RfcFolder!, $"rfc{rfc}.txt");

    private static bool HasSection(string text, string section) =>
        Regex.IsMatch(text, $@"^{Regex.Escape(section)}\.?\s+\S", RegexOptions.Multiline);
}
