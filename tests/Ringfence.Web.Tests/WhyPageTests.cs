using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Ringfence.Edge.Web.Desk;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Web.Tests;

/// <summary>What a refused caller sees, what a guess sees, and an appeal from the form to its answer.</summary>
public sealed class WhyPageTests(DeskSite site, Browser browser)
{
    public static TheoryData<string> Languages => [.. RedressAdvice.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_page_of_a_token_keeps_the_rules_of_all_pages(string language)
    {
        string[] tokens =
        [
            site.Refuse(),
            site.Refuse(Attestation.None, verification: VerificationOutcome.Failed),
            site.Refuse(Attestation.A, DecidedBy.User),
            site.Refuse(Attestation.None, DecidedBy.Law, "anonymous", VerificationOutcome.Absent),
        ];
        foreach (string token in tokens)
        {
            string html = await site.TextAsync($"/why/{token}?lang={language}");
            PageRules.Faults(html, language).ShouldBeEmpty();
            html.ShouldContain("tel:&#x2B;33199001000");
            html.ShouldContain("Call desk &lt;b&gt;");
            html.ShouldNotContain("<script");
            html.ShouldNotContain("33180001000");
            html.ShouldNotContain("complaints");
        }

        string unknown = await site.TextAsync($"/why/{DeskSite.Unknown}?lang={language}", HttpStatusCode.NotFound);
        PageRules.Faults(unknown, language).ShouldBeEmpty();
        PageRules.Faults(await site.TextAsync($"/appeals?lang={language}"), language).ShouldBeEmpty();
        DeskTexts.Keys(language).ShouldBe(DeskTexts.Keys("en"), ignoreOrder: true);
    }

    [Fact]
    public async Task A_guess_gets_what_every_other_guess_gets()
    {
        string[] guesses = [DeskSite.Unknown, "zzzzzzzzzzzzzzzzzzzzzz", "short", "' OR 1=1 --", new string('x', 500)];
        (await AllAsync("/why/", HttpStatusCode.NotFound)).Distinct().Count().ShouldBe(1);
        (await AllAsync("/api/v1/why/", HttpStatusCode.NotFound)).Distinct().Count().ShouldBe(1);

        Task<string[]> AllAsync(string path, HttpStatusCode status) =>
            Task.WhenAll(guesses.Select(guess => site.TextAsync(path + Uri.EscapeDataString(guess), status)));
    }

    [Fact]
    public async Task A_jCard_is_served_for_a_guess_as_for_a_token()
    {
        string token = site.Refuse();
        JsonElement known = await CardAsync(token);
        JsonElement guessed = await CardAsync(DeskSite.Unknown);

        Cut(known, token).ShouldBe(Cut(guessed, DeskSite.Unknown));
        ReceivedJCard card = ReceivedJCard.Parse(await site.TextAsync($"/redress/{token}"), out JCardFault fault)!;
        fault.ShouldBe(JCardFault.None);
        (card.Contact.Url, card.Contact.Tel).ShouldBe((new Uri($"https://calls.example/why/{token}"), "+33199001000"));
        await site.TextAsync("/redress/short", HttpStatusCode.NotFound);

        async Task<JsonElement> CardAsync(string which)
        {
            string[] parts = (await site.TextAsync($"/redress/{which}")).Split('.');
            return JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement.GetProperty("jcard");
        }

        static string Cut(JsonElement card, string which) =>
            card.GetRawText().Replace(which, "TOKEN", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_appeal_goes_from_the_form_to_the_operator_and_back_without_scripts()
    {
        string token = site.Refuse();
        await using Window caller = await browser.OpenAsync(
            site.Address,
            new BrowserNewContextOptions { JavaScriptEnabled = false }
        );
        await caller.Page.GotoAsync($"/why/{token}?lang=de");
        await caller.Page.GetByLabel("Was sollten wir wissen?").FillAsync("We are a clinic <script>alert(1)</script>");
        await caller.Page.GetByLabel("Wie erreichen wir Sie?").FillAsync("clinic@x.example");
        await caller.Page.GetByRole(AriaRole.Button, new() { Name = "Einspruch senden" }).ClickAsync();
        (await caller.Page.GetByRole(AriaRole.Status).TextContentAsync())!.ShouldContain("wartet auf Antwort");

        await caller.Page.GotoAsync("/appeals?lang=en");
        ILocator section = caller.Page.Locator($"[id=\"{token}\"]");
        (await section.TextContentAsync())!.ShouldContain("We are a clinic <script>alert(1)</script>");
        (await section.TextContentAsync())!.ShouldContain("too many complaints");
        await section.GetByLabel("Your answer to the caller").FillAsync("Sorry, that was wrong.");
        await section.GetByRole(AriaRole.Button, new() { Name = "Grant" }).ClickAsync();

        await caller.Page.GotoAsync($"/why/{token}?lang=fr");
        (await caller.Page.GetByRole(AriaRole.Status).TextContentAsync())!.ShouldContain("veuillez rappeler");
        (await caller.Page.ContentAsync()).ShouldContain("Sorry, that was wrong.");
        (await caller.Page.Locator("form").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_called_person_decided_the_page_says_who_can_take_it_back_and_takes_no_appeal()
    {
        string page = await site.TextAsync($"/why/{site.Refuse(Attestation.B, DecidedBy.User)}?lang=en");
        page.ShouldContain("ask them to take your number off their list");
        page.ShouldNotContain("<form");
        page.ShouldNotContain("nothing else needs to be undone");
        (await site.TextAsync($"/why/{site.Refuse()}?lang=en")).ShouldNotContain("ask them to take your number off");
    }

    [Fact]
    public async Task An_empty_appeal_says_what_is_missing()
    {
        using FormUrlEncodedContent form = new([new("message", " ")]);
        using HttpResponseMessage response = await site.SendAsync(
            HttpMethod.Post,
            new Uri(site.Address, $"/why/{site.Refuse()}?lang=en"),
            form
        );
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Site.TextAsync(response)).ShouldContain("role=\"alert\"");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_pages_have_no_serious_finding(ColorScheme scheme, int width)
    {
        string appealed = site.Refuse();
        await site.JsonAsync(
            HttpMethod.Post,
            $"/api/v1/why/{appealed}/appeal",
            "{\"message\":\"please\",\"reach\":\"x@y\"}"
        );
        await using Window window = await browser.OpenAsync(
            site.Address,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                BypassCSP = true,
            }
        );
        List<string> findings = [];
        foreach (
            string page in (string[])[$"why/{site.Refuse()}", $"why/{appealed}", $"why/{DeskSite.Unknown}", "appeals"]
        )
        {
            await window.Page.GotoAsync("/" + page);
            findings.AddRange(
                (await AccessibilityTests.FindingsAsync(window.Page)).Select(found => $"{page}: {found}")
            );
        }

        findings.ShouldBeEmpty();
    }
}
