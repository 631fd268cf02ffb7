using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ringfence.Edge.Web.Operate;

namespace Ringfence.Web.Tests.Operate;

/// <summary>What holds of all of the operator's pages: rules, languages, accessibility, access, health and metrics.</summary>
public sealed partial class OperatorPageTests(Browser browser)
{
    private const string Caller = "+33611111111";

    [Fact]
    public async Task Every_page_keeps_the_rules_in_every_language()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string[] empty = ["", "calls", "lists", "numbers"];
        string[] none = await FaultsAsync(edge, empty);
        none.ShouldBeEmpty();
        string[] pages = await FilledAsync(edge);
        (await FaultsAsync(edge, [.. empty, .. pages])).ShouldBeEmpty();
        foreach (string language in Site.Languages)
        {
            OperatorTexts.Keys(language).ShouldBe(OperatorTexts.Keys("en"), ignoreOrder: true);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task The_pages_have_no_serious_finding_and_never_scroll_sideways(ColorScheme scheme, int width)
    {
        await using PagedEdge edge = PagedEdge.Start();
        string[] pages = await FilledAsync(edge);
        await using Window window = await browser.OpenAsync(
            edge.Address,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                BypassCSP = true,
            }
        );
        List<string> findings = [];
        foreach (string page in (string[])["", "calls", "lists", "numbers", .. pages])
        {
            await window.Page.GotoAsync("/en/" + page);
            findings.AddRange(
                (await AccessibilityTests.FindingsAsync(window.Page)).Select(found => $"{page}: {found}")
            );
            int wide = await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width)
            {
                findings.Add($"{page} is {wide} wide");
            }
        }

        findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/calls")]
    [InlineData("/fr/calls")]
    [InlineData("/lists")]
    [InlineData("/numbers/+33611111111")]
    [InlineData("/metrics")]
    [InlineData("/live")]
    [InlineData("/api/v1/calls")]
    public async Task What_is_the_operators_is_shown_to_nobody_else(string address)
    {
        await using PagedEdge edge = PagedEdge.Start();
        using HttpResponseMessage response = await SendAsync(
            edge,
            HttpMethod.Get,
            address,
            null,
            ("Host", "evil.example")
        );
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/", "/codes")]
    [InlineData("/fr/", "/fr/codes")]
    public async Task Others_are_led_from_the_overview_to_the_reference(string address, string to)
    {
        await using PagedEdge edge = PagedEdge.Start();
        using HttpResponseMessage response = await SendAsync(
            edge,
            HttpMethod.Get,
            address,
            null,
            ("Host", "evil.example")
        );
        (response.StatusCode, response.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Redirect, to));
        (await edge.TextAsync(address)).ShouldContain("Ringfence");
    }

    [Fact]
    public async Task A_form_is_taken_only_with_its_seal_and_from_our_own_pages()
    {
        await using PagedEdge edge = PagedEdge.Start();
        string id = await edge.CallAsync(Caller);
        string page = await edge.TextAsync($"/en/calls/{id}");
        string[] seals = [.. SealField().Matches(page).Select(match => match.Groups[1].Value)];
        seals.Distinct().Count().ShouldBe(2, "a seal is good for one action");

        foreach (
            (string seal, (string, string)[] headers) in ((string, (string, string)[])[])
                [
                    ("", []),
                    ("wrong", []),
                    (seals[1], []),
                    (seals[0], [("Sec-Fetch-Site", "cross-site")]),
                    (seals[0], [("Origin", "https://evil.example")]),
                ]
        )
        {
            using HttpResponseMessage refused = await PostAsync(edge, id, seal, headers);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await edge.StatusAsync(await edge.CallAsync(Caller))).ShouldBe(200);
        using HttpResponseMessage taken = await PostAsync(edge, id, seals[0]);
        taken.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await edge.StatusAsync(await edge.CallAsync(Caller))).ShouldBe(607);
    }

    [Fact]
    public async Task An_entry_is_taken_off_a_list_and_put_back()
    {
        await using PagedEdge edge = PagedEdge.Start();
        await FilledAsync(edge);
        await using Window window = await browser.OpenAsync(edge.Address, new() { JavaScriptEnabled = false });
        IPage page = window.Page;
        await page.GotoAsync("/en/lists");
        (await page.Locator("table").First.TextContentAsync())!.ShouldContain("said by a button");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        (await page.GetByRole(AriaRole.Status).TextContentAsync())!.ShouldContain($"{Caller} is off the lists");
        (await edge.StatusAsync(await edge.CallAsync(Caller))).ShouldBe(200);
        await page.GetByRole(AriaRole.Button, new() { Name = "Put back" }).ClickAsync();
        (await page.GetByRole(AriaRole.Status).TextContentAsync())!.ShouldContain("block list");
        (await edge.StatusAsync(await edge.CallAsync(Caller))).ShouldBe(607);

        await page.GetByLabel("Whose list").FillAsync("nobody");
        await page.GetByLabel("Caller").FillAsync(Caller);
        await page.GetByRole(AriaRole.Button, new() { Name = "Put", Exact = true }).ClickAsync();
        (await page.GetByRole(AriaRole.Alert).TextContentAsync())!.ShouldContain("country code");
    }

    [Fact]
    public async Task Metrics_count_what_the_edge_did_in_the_text_format()
    {
        await using PagedEdge edge = PagedEdge.Start();
        await FilledAsync(edge);
        string metrics = await edge.TextAsync("/metrics");
        foreach (string line in metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Exposition().IsMatch(line).ShouldBeTrue(line);
        }

        metrics.ShouldContain("# TYPE ringfence_calls_total counter");
        metrics.ShouldMatch("""ringfence_calls_total\{trunk="carrier-a",verdict="refuse"\} [1-9]""");
        metrics.ShouldMatch("""sip_messages_total\{direction="in",method="INVITE"\} [1-9]""");
        metrics.ShouldContain("# TYPE sip_calls gauge");
        metrics.ShouldContain("# TYPE ringfence_early_first_packet_seconds histogram");
        metrics.ShouldMatch("ringfence_records_written_total [1-9]");
    }

    [Fact]
    public async Task An_edge_that_ends_is_alive_and_not_ready()
    {
        await using PagedEdge edge = PagedEdge.Start();
        (await edge.TextAsync("/healthz")).ShouldBe("ok\n");
        (await edge.TextAsync("/readyz")).ShouldBe("ready\n");
        await edge.Host.DrainAsync(TimeSpan.Zero);
        (await edge.TextAsync("/healthz")).ShouldBe("ok\n");
        (await edge.TextAsync("/readyz", HttpStatusCode.ServiceUnavailable)).ShouldStartWith("draining");
        (await edge.TextAsync("/en/")).ShouldContain("The edge ends");
    }

    [Fact]
    public async Task A_number_says_what_is_known_of_it_and_why()
    {
        await using PagedEdge edge = PagedEdge.Start();
        await FilledAsync(edge);
        HtmlPage page = HtmlPage.Parse(await edge.TextAsync($"/en/numbers/{Uri.EscapeDataString(Caller)}"));
        page.Text.ShouldContain("France");
        page.Text.ShouldContain("does not count: identity unproven");
        page.Text.ShouldContain("100 of 100");
        page.Text.ShouldContain("block list");
        await edge.TextAsync("/en/numbers/%3Cscript%3E", HttpStatusCode.NotFound);
    }

    /// <summary>A call that went through, one that was refused for it, and the pages that show them.</summary>
    private static async Task<string[]> FilledAsync(PagedEdge edge)
    {
        string progressed = await edge.CallAsync(Caller);
        using HttpResponseMessage said = await edge.Client.PostAsync(
            $"/api/v1/calls/{progressed}/unwanted",
            null,
            TestContext.Current.CancellationToken
        );
        said.StatusCode.ShouldBe(HttpStatusCode.Created);
        string refused = await edge.CallAsync(Caller);
        return
        [
            $"calls/{progressed}",
            $"calls/{refused}?replay",
            $"numbers/{Uri.EscapeDataString(Caller)}",
            "numbers/nothing",
            "calls/nothing",
            "calls?q=nothing",
        ];
    }

    private static async Task<string[]> FaultsAsync(PagedEdge edge, string[] pages)
    {
        List<string> faults = [];
        foreach (string page in pages)
        {
            foreach (string language in Site.Languages)
            {
                using HttpResponseMessage response = await edge.Client.GetAsync(
                    new Uri($"/{language}/{page}", UriKind.Relative),
                    TestContext.Current.CancellationToken
                );
                faults.AddRange(
                    PageRules
                        .Faults(await Site.TextAsync(response), language)
                        .Select(fault => $"{language}/{page}: {fault}")
                );
            }
        }

        return [.. faults];
    }

    private static async Task<HttpResponseMessage> PostAsync(
        PagedEdge edge,
        string id,
        string seal,
        params (string, string)[] headers
    )
    {
        using FormUrlEncodedContent form = new([new(FormSeal.Field, seal)]);
        return await SendAsync(edge, HttpMethod.Post, $"/en/calls/{id}/unwanted", form, headers);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        PagedEdge edge,
        HttpMethod method,
        string address,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using HttpRequestMessage request = new(method, address) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"seal\" value=\"([^\"]+)\"")]
    private static partial Regex SealField();

    [GeneratedRegex(
        """^(# (HELP|TYPE) [a-z][a-z0-9_]* .*|[a-z][a-z0-9_]*(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.E+-]+)$"""
    )]
    private static partial Regex Exposition();
}
