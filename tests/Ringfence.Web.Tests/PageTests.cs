using System.Net;
using System.Text;
using System.Xml.Linq;
using Ringfence.Codes;
using Ringfence.Edge.Web;

namespace Ringfence.Web.Tests;

public sealed class PageTests(Site site)
{
    [Theory]
    [MemberData(nameof(Site.MainPages), MemberType = typeof(Site))]
    public async Task A_page_keeps_the_rules(string address)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        PageRules.Faults(await Site.TextAsync(response), address[1..3]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Site.MainPages), MemberType = typeof(Site))]
    public async Task Every_link_of_a_page_is_alive(string address)
    {
        HtmlPage page = await site.PageAsync(address);
        string[] links =
        [
            .. page
                .Links.Select(link => new Uri(new Uri(site.Address, address), link))
                .Where(link => link.Authority == site.Address.Authority)
                .Select(link => link.PathAndQuery)
                .Distinct(),
        ];
        links.Length.ShouldBeGreaterThan(10);
        foreach (string link in links)
        {
            using HttpResponseMessage response = await site.SendAsync(HttpMethod.Head, link);
            response.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Redirect], link);
        }
    }

    [Theory]
    [InlineData("/codes/607-vs-183", "/codes/183-vs-607")]
    [InlineData("/en/codes/607-vs-183", "/en/codes/183-vs-607")]
    [InlineData("/codes/607-vs-183.md", "/codes/183-vs-607.md")]
    [InlineData("/codes/607-vs-607", "/codes/607")]
    public async Task Any_order_of_two_codes_leads_to_one_address(string address, string expected)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        response.Headers.Location!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/", "/codes")]
    [InlineData("/en/", "/en/codes")]
    [InlineData("/en/compare?one=607&other=486", "/en/codes/486-vs-607")]
    [InlineData("/compare?one=607&other=486", "/codes/486-vs-607")]
    [InlineData("/compare?one=607&other=607", "/codes/607")]
    [InlineData("/compare?one=607", "/codes/607")]
    [InlineData("/compare?one=607&other=999", "/codes?q=607%20999")]
    [InlineData("/compare", "/codes?q=")]
    [InlineData("/en/codes?q=607", "/en/codes/607")]
    [InlineData("/en/codes?q=607+183", "/en/codes/183-vs-607")]
    [InlineData("/en/codes?q=183/607", "/en/codes/183-vs-607")]
    [InlineData("/en/codes?q=183 VS 607", "/en/codes/183-vs-607")]
    [InlineData("/en/codes?q=607-vs-183", "/en/codes/183-vs-607")]
    public async Task Forms_and_short_ways_lead_to_the_page(string address, string expected)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/codes/999")]
    [InlineData("/codes/6070")]
    [InlineData("/codes/+60")]
    [InlineData("/codes/183-vs-999")]
    [InlineData("/codes/183-vs-")]
    [InlineData("/codes/-vs-")]
    [InlineData("/codes/%3Cscript%3E")]
    [InlineData("/codes/607/more")]
    [InlineData("/xx/codes")]
    [InlineData("/nothing.html")]
    public async Task What_is_not_there_is_a_404_page_with_a_search(string address)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        string html = await Site.TextAsync(response);
        PageRules.Faults(html, "en").ShouldBeEmpty();
        HtmlPage page = HtmlPage.Parse(html);
        page.Of("main").Single().Descendants("form").Single().Attribute("role")!.Value.ShouldBe("search");
        page.Meta("robots").ShouldBe("noindex");
    }

    [Fact]
    public async Task Every_code_of_the_catalogue_has_its_page()
    {
        foreach (CodeFacts facts in CodeCatalogue.All)
        {
            using HttpResponseMessage response = await site.GetAsync($"/en/codes/{facts.Code}");
            string html = await Site.TextAsync(response);
            PageRules.Faults(html, "en").ShouldBeEmpty(facts.Code.ToString());
            HtmlPage.Parse(html).Of("h1").Single().Value.ShouldBe($"{facts.Code} {facts.Phrase}");
        }
    }

    [Theory]
    [InlineData("/en/codes/607", "application/json", "application/json", "{")]
    [InlineData("/en/codes/607", "text/html;q=0.5, application/json", "application/json", "{")]
    [InlineData("/en/codes/607", "text/html, application/json;q=0.9", "text/html", "<!DOCTYPE")]
    [InlineData("/en/codes/607", "*/*", "text/html", "<!DOCTYPE")]
    [InlineData("/en/codes/607", "nonsense", "text/html", "<!DOCTYPE")]
    [InlineData("/en/codes/607", "text/markdown", "text/markdown", "# 607 Unwanted")]
    [InlineData("/en/codes/607.md", "text/html", "text/markdown", "# 607 Unwanted")]
    [InlineData("/en/codes/183-vs-607", "application/json", "application/json", "{")]
    [InlineData("/en/codes/183-vs-607.md", "*/*", "text/markdown", "# ")]
    [InlineData("/en/codes", "application/json", "application/json", "[")]
    [InlineData("/en/codes.md", "*/*", "text/markdown", "")]
    [InlineData("/en/codes/which", "application/json", "application/json", "[")]
    [InlineData("/en/codes/which.md", "*/*", "text/markdown", "")]
    public async Task A_page_comes_in_the_form_that_is_wanted(
        string address,
        string accepted,
        string type,
        string start
    )
    {
        using HttpResponseMessage response = await site.GetAsync(address, ("Accept", accepted));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        string text = await Site.TextAsync(response);
        text.ShouldStartWith(start);
        text.Length.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData("/en/codes/607")]
    [InlineData("/en/codes/607.md")]
    [InlineData("/en/codes")]
    [InlineData("/api/v1/codes/607")]
    [InlineData("/sitemap.xml")]
    [InlineData("/assets/ringfence.css")]
    public async Task Who_has_a_content_is_not_sent_it_again(string address)
    {
        using HttpResponseMessage first = await site.GetAsync(address);
        string tag = first.Headers.ETag!.ToString();
        foreach (string held in (string[])[tag, $"\"other\", {tag}", "W/" + tag, "*"])
        {
            using HttpResponseMessage again = await site.GetAsync(address, ("If-None-Match", held));
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, held);
            again.Headers.ETag!.ToString().ShouldBe(tag);
            (await Site.TextAsync(again)).ShouldBeEmpty();
        }

        using HttpResponseMessage other = await site.GetAsync(address, ("If-None-Match", "\"other\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Forms_of_a_page_have_different_tags()
    {
        List<string> tags = [];
        foreach (string form in (string[])["text/html", "application/json", "text/markdown"])
        {
            using HttpResponseMessage response = await site.GetAsync("/en/codes/607", ("Accept", form));
            response.Headers.Vary.ShouldContain("Accept");
            tags.Add(response.Headers.ETag!.Tag);
        }

        tags.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task HEAD_is_answered_like_GET_without_a_body()
    {
        using HttpResponseMessage get = await site.GetAsync("/en/codes/607");
        using HttpResponseMessage head = await site.SendAsync(HttpMethod.Head, "/en/codes/607");
        head.Content.Headers.ContentLength.ShouldBe(Encoding.UTF8.GetByteCount(await Site.TextAsync(get)));
        head.Headers.ETag.ShouldBe(get.Headers.ETag);
        (await Site.TextAsync(head)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/en/codes/607")]
    [InlineData("/codes/607-vs-183")]
    [InlineData("/nothing")]
    [InlineData("/api/v1/codes/607")]
    [InlineData("/api/v1/codes/999")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/assets/ringfence.js")]
    public async Task Every_answer_tells_the_browser_what_to_refuse(string address)
    {
        using HttpResponseMessage response = await site.GetAsync(address);
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Site.MainPages), MemberType = typeof(Site))]
    public async Task A_page_needs_nothing_that_the_policy_refuses(string address)
    {
        HtmlPage page = await site.PageAsync(address);
        XElement[] all = [.. page.Document.Descendants()];
        all.Where(element =>
                element.Name == "style"
                || element
                    .Attributes()
                    .Any(attribute =>
                        attribute.Name.LocalName == "style"
                        || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
                    )
            )
            .ShouldBeEmpty();
        page.Of("script")
            .ShouldAllBe(script =>
                script.Attribute("src") != null || (string?)script.Attribute("type") == "application/ld+json"
            );
    }

    [Fact]
    public async Task Style_and_script_may_be_kept_for_good_since_their_address_changes_with_them()
    {
        HtmlPage page = await site.PageAsync("/en/codes");
        string[] assets = [.. page.Links.Where(link => link.StartsWith("/assets/", StringComparison.Ordinal))];
        assets.Length.ShouldBe(WebAsset.OfPages.Length);
        foreach (string asset in assets)
        {
            using HttpResponseMessage response = await site.GetAsync(asset);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Headers.CacheControl!.ToString().ShouldContain("immutable");
            WebAsset
                .Tag(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))
                .ShouldBe(asset.Split("?v=")[1]);
        }
    }

    [Fact]
    public async Task The_sitemap_lists_living_pages_of_every_language()
    {
        using HttpResponseMessage response = await site.GetAsync("/sitemap.xml");
        XNamespace schema = "http://www.sitemaps.org/schemas/sitemap/0.9";
        string[] addresses =
        [
            .. XDocument.Parse(await Site.TextAsync(response)).Descendants(schema + "loc").Select(loc => loc.Value),
        ];
        addresses.ShouldBeUnique();
        foreach (string language in Site.Languages)
        {
            addresses.ShouldContain(new Uri(site.Address, $"/{language}/codes/183-vs-607").ToString());
            addresses
                .Count(address => address.Contains($"/{language}/codes", StringComparison.Ordinal))
                .ShouldBeGreaterThan(CodeCatalogue.All.Count);
        }

        foreach (string address in addresses.Where(address => address.Contains("/en/", StringComparison.Ordinal)))
        {
            using HttpResponseMessage page = await site.SendAsync(HttpMethod.Head, new Uri(address).AbsolutePath);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_links_name_the_public_address()
    {
        WebHost host = await WebHost.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            new Uri("https://codes.example.net/")
        );
        await using (host)
        {
            using HttpClient client = new();
            HtmlPage page = HtmlPage.Parse(
                await client.GetStringAsync(
                    new Uri(host.Address, "/en/codes/607"),
                    TestContext.Current.CancellationToken
                )
            );
            page.Link("canonical").ShouldBe("https://codes.example.net/en/codes/607");
        }
    }
}
