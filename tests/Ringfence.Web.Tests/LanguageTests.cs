using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests;

public sealed partial class LanguageTests(Site site)
{
    public static TheoryData<string> Languages => [.. Site.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_page_without_a_language_comes_in_the_readers(string language)
    {
        using HttpResponseMessage response = await site.GetAsync(
            "/codes/607",
            ("Accept-Language", $"xx, {language}-XX;q=0.9, en;q=0.1")
        );
        response.Content.Headers.ContentLanguage.ShouldBe([language]);
        response.Headers.Vary.ShouldContain("Accept-Language");
        HtmlPage page = HtmlPage.Parse(await Site.TextAsync(response));
        page.Document.Root!.Attribute("lang")!.Value.ShouldBe(language);
        new Uri(page.Link("canonical")!).AbsolutePath.ShouldBe($"/{language}/codes/607");
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx, yy;q=0.5")]
    [InlineData("*")]
    [InlineData(";;;=,q")]
    [InlineData("en;q=1, fr;q=0")]
    public async Task Who_names_no_language_that_is_there_reads_English(string accepted)
    {
        using HttpResponseMessage response = await site.GetAsync("/codes", ("Accept-Language", accepted));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLanguage.ShouldBe(["en"]);
    }

    [Fact]
    public async Task A_language_with_quality_0_is_not_wanted()
    {
        using HttpResponseMessage response = await site.GetAsync(
            "/codes",
            ("Accept-Language", $"{Site.Languages[^1]};q=0")
        );
        response.Content.Headers.ContentLanguage.ShouldBe(["en"]);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_language_of_the_address_wins(string language)
    {
        using HttpResponseMessage response = await site.GetAsync($"/{language}/codes/607", ("Accept-Language", "en"));
        response.Content.Headers.ContentLanguage.ShouldBe([language]);
        response.Headers.Vary.ShouldNotContain("Accept-Language");
    }

    [Theory]
    [MemberData(nameof(Site.MainPages), MemberType = typeof(Site))]
    public async Task A_page_names_its_other_languages_and_itself(string address)
    {
        HtmlPage page = await site.PageAsync(address);
        string within = address[3..];
        page.Link("canonical").ShouldBe(new Uri(site.Address, address).ToString());
        (string Tag, string Address)[] alternates =
        [
            .. page.Of("link")
                .Where(link => link.Attribute("hreflang") is not null)
                .Select(link => (link.Attribute("hreflang")!.Value, link.Attribute("href")!.Value)),
        ];
        alternates.ShouldBe(
            [
                .. Site.Languages.Select(language =>
                    (language, new Uri(site.Address, $"/{language}{within}").ToString())
                ),
                ("x-default", new Uri(site.Address, within).ToString()),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void Every_language_has_every_label()
    {
        string[] wanted = [.. WebLabels.Keys("en").Order()];
        foreach (string language in Site.Languages)
        {
            WebLabels.Keys(language).Order().ShouldBe(wanted, ignoreOrder: false, language);
            wanted.ShouldAllBe(key => !string.IsNullOrWhiteSpace(WebLabels.Get(language, key)));
        }
    }

    [Fact]
    public void A_label_of_another_language_is_not_the_English_one()
    {
        var same =
            from language in Site.Languages
            where language != "en"
            from key in WebLabels.Keys("en")
            where WebLabels.Get(language, key) == WebLabels.Get("en", key)
            select $"{language}/{key}";
        same.ShouldBeEmpty();
    }

    [Fact]
    public async Task Structured_data_is_JSON_in_the_language_of_the_page()
    {
        foreach (string language in Site.Languages)
        {
            HtmlPage page = await site.PageAsync($"/{language}/codes/607");
            string block = page.Of("script")
                .Single(script => (string?)script.Attribute("type") == "application/ld+json")
                .Value;
            JsonElement data = JsonSerializer.Deserialize<JsonElement>(block);
            data.GetProperty("@type").GetString().ShouldBe("DefinedTerm");
            data.GetProperty("termCode").GetString().ShouldBe("607");
            data.GetProperty("inLanguage").GetString().ShouldBe(language);
            data.GetProperty("description").GetString().ShouldBe(page.Meta("description"));
        }
    }

    [Fact]
    public void Every_label_is_used()
    {
        string pages = Sources("Web/Pages", "*.razor");
        string code = Sources("Web", "*.cs");
        string[] used = [.. Used().Matches(pages).Select(match => match.Groups[1].Value)];
        string[] unused = [.. WebLabels.Keys("en").Except(used)];
        unused.Where(key => !code.Contains($"\"{key}\"", StringComparison.Ordinal)).ShouldBeEmpty();
        used.Except(WebLabels.Keys("en")).ShouldBeEmpty();
    }

    private static string Sources(string folder, string pattern) =>
        string.Concat(
            Directory
                .GetFiles(
                    Path.Combine(Checkout.Root, "src/Ringfence.Edge", folder),
                    pattern,
                    SearchOption.AllDirectories
                )
                .Select(File.ReadAllText)
        );

    [GeneratedRegex("""\b(?:W|Sized)\("([a-z-]+)"\)""")]
    private static partial Regex Used();
}
