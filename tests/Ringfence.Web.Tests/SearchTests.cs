using System.Net;
using Ringfence.Codes;

namespace Ringfence.Web.Tests;

public sealed class SearchTests(Site site)
{
    [Theory]
    [InlineData("spam", "607")]
    [InlineData("unwnated", "607")]
    [InlineData("busy", "486")]
    [InlineData("Min-SE", "422")]
    [InlineData("6xx", "600")]
    public async Task A_search_lists_what_it_finds(string query, string code)
    {
        HtmlPage page = await site.PageAsync($"/en/codes?q={query}");
        page.Of("main").Single().Descendants("b").Select(found => found.Value).ShouldContain(code);
        page.Of("h1").Single().Value.ShouldContain(query);
        page.Meta("robots").ShouldBe("noindex");
    }

    [Fact]
    public async Task Words_of_every_language_are_understood_and_answered_in_the_readers()
    {
        foreach (string language in Site.Languages)
        {
            HtmlPage page = await site.PageAsync(
                $"/en/codes?q={Uri.EscapeDataString(Language.Load(language).Text(486).Summary)}"
            );
            page.Of("main").Single().Descendants("b").First().Value.ShouldBe("486");
            page.Document.Root!.Attribute("lang")!.Value.ShouldBe("en");
        }
    }

    [Fact]
    public async Task A_search_goes_along_into_another_language()
    {
        HtmlPage page = await site.PageAsync("/en/codes?q=call%20blocked");
        string[] others =
        [
            .. page.Of("a")
                .Where(link => link.Attribute("hreflang") is not null)
                .Select(link => link.Attribute("href")!.Value),
        ];
        others.ShouldBe([
            .. Site
                .Languages.Where(language => language != "en")
                .Select(language => $"/{language}/codes?q=call%20blocked"),
        ]);
    }

    [Theory]
    [InlineData("zzzzqqqq")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onfocus=alert(1) x=\"")]
    [InlineData("{query}")]
    [InlineData("&amp;")]
    public async Task Whatever_is_typed_stays_words(string query)
    {
        using HttpResponseMessage response = await site.GetAsync("/en/codes?q=" + Uri.EscapeDataString(query));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        HtmlPage page = HtmlPage.Parse(await Site.TextAsync(response));
        page.Of("input").First().Attribute("value")!.Value.ShouldBe(query);
        page.Of("h1").Single().Value.ShouldEndWith(query);
        page.Of("main").Single().Descendants("script").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_very_long_query_is_answered()
    {
        using HttpResponseMessage response = await site.GetAsync("/en/codes?q=" + new string('x', 5000));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
