using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ringfence.Codes;

namespace Ringfence.Web.Tests;

public sealed class BrowserTests(Site site, Browser browser)
{
    private static readonly ViewportSize Narrow = new() { Width = 360, Height = 740 };
    private static readonly string[] SomePages =
    [
        "/en/codes",
        "/en/codes/607",
        "/en/codes/479",
        "/en/codes/183-vs-607",
        "/en/codes/439-vs-555",
        "/en/codes/which",
        "/en/codes?q=spam",
        "/nothing",
    ];

    [Fact]
    public async Task From_the_list_to_a_code_to_a_comparison()
    {
        await using Window window = await browser.OpenAsync(site);
        IPage page = window.Page;
        await page.GotoAsync("/codes");
        await page.GetByRole(AriaRole.Link, new() { Name = "607 Unwanted" }).ClickAsync();
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).ShouldBe("607 Unwanted");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare 607 – 183" }).ClickAsync();
        page.Url.ShouldEndWith("/en/codes/183-vs-607");
        (await page.TitleAsync()).ShouldContain("183 Session Progress or 607 Unwanted?");
        (await page.Locator("#ladder svg").CountAsync()).ShouldBe(2);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_language_changes_and_the_page_stays()
    {
        await using Window window = await browser.OpenAsync(site);
        IPage page = window.Page;
        await page.GotoAsync("/codes/183-vs-607");
        foreach (LanguageName language in Language.Available.Reverse())
        {
            if (await page.Locator("html").GetAttributeAsync("lang") != language.Code)
            {
                await page.GetByRole(AriaRole.Link, new() { Name = language.Name }).ClickAsync();
            }

            page.Url.ShouldEndWith($"/{language.Code}/codes/183-vs-607");
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language.Code);
            (await page.Locator("h1").InnerTextAsync()).ShouldBe(
                Comparison.Of(183, 607, Language.Load(language.Code)).Title
            );
            (await page.Locator(".decision").InnerTextAsync()).ShouldBe(
                Language.Load(language.Code).Text(new CodePair(183, 607))!.Choose
            );
        }

        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_readers_language_is_taken_from_the_browser()
    {
        foreach (string language in Site.Languages)
        {
            await using Window window = await browser.OpenAsync(site, new() { Locale = language + "-CH" });
            await window.Page.GotoAsync("/codes/607");
            (await window.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_pair_is_picked_in_the_form(bool scripts)
    {
        await using Window window = await browser.OpenAsync(site, new() { JavaScriptEnabled = scripts });
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/183-vs-607");
        await page.GetByLabel("Other code").FillAsync("180");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        page.Url.ShouldEndWith("/en/codes/180-vs-183");
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_symptom_is_searched_for(bool scripts)
    {
        await using Window window = await browser.OpenAsync(site, new() { JavaScriptEnabled = scripts });
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/607");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("nothing is heard before the answer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        (await page.Locator("main .list li").First.InnerTextAsync()).ShouldStartWith("183");
        (await page.GetByRole(AriaRole.Searchbox).InputValueAsync()).ShouldBe("nothing is heard before the answer");
    }

    [Fact]
    public async Task Dark_follows_the_system_until_the_switch_is_used_and_the_choice_stays()
    {
        await using Window window = await browser.OpenAsync(site, new() { ColorScheme = ColorScheme.Dark });
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/607");
        string dark = await BackgroundAsync(page);
        Brightness(dark).ShouldBeLessThan(60);
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        Brightness(await BackgroundAsync(page)).ShouldBeGreaterThan(200);
        await page.GotoAsync("/en/codes/183-vs-607");
        Brightness(await BackgroundAsync(page)).ShouldBeGreaterThan(200);
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        (await BackgroundAsync(page)).ShouldBe(dark);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dark_needs_no_script()
    {
        await using Window window = await browser.OpenAsync(
            site,
            new() { ColorScheme = ColorScheme.Dark, JavaScriptEnabled = false }
        );
        await window.Page.GotoAsync("/en/codes/607");
        (await window.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).CountAsync()).ShouldBe(
            0,
            "a switch that does nothing is not shown"
        );
        await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        (
            await window.Page.ScreenshotAsync(
                new()
                {
                    Clip = new()
                    {
                        X = 0,
                        Y = 300,
                        Width = 2,
                        Height = 2,
                    },
                }
            )
        ).ShouldNotBe(await LightCornerAsync(window.Page));
    }

    [Fact]
    public async Task Without_scripts_everything_is_readable()
    {
        await using Window window = await browser.OpenAsync(site, new() { JavaScriptEnabled = false });
        await window.Page.GotoAsync("/en/codes/607");
        var article = CodeArticle.Of(607, Language.Load("en"));
        string text = await window.Page.Locator("main").InnerTextAsync();
        foreach (
            string sentence in (string[])
                [
                    article.Text.Summary,
                    article.Text.Description,
                    .. article.Text.Seen,
                    .. article.Text.Causes,
                    .. article.Text.Resolve.Operator,
                    .. article.Text.Notes,
                ]
        )
        {
            text.ShouldContain(sentence);
        }

        foreach (string line in article.Message.Lines)
        {
            text.ShouldContain(line);
        }
    }

    [Fact]
    public async Task By_keyboard_alone_one_skips_searches_and_compares()
    {
        await using Window window = await browser.OpenAsync(site);
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/183-vs-607");
        await page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(page)).ShouldBe("Skip to content");
        (await page.Locator(".skip").BoundingBoxAsync())!.X.ShouldBeGreaterThanOrEqualTo(0);
        await page.Keyboard.PressAsync("Enter");
        page.Url.ShouldEndWith("#main");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.name")).ShouldBe("one");
        await page.Keyboard.TypeAsync("486");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/codes/486-vs-607$"));

        foreach (string key in (string[])["Tab", "Tab", "Tab", "s", "p", "a", "m", "Enter"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/en/codes\?q=spam$"));
    }

    [Fact]
    public async Task Every_control_is_reached_by_Tab_and_shows_that_it_has_the_focus()
    {
        await using Window window = await browser.OpenAsync(site);
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/183-vs-607");
        int controls = await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('a[href],button:not([hidden]),input,summary')].filter(e => e.checkVisibility()).length"
        );
        HashSet<string> reached = [];
        for (int i = 0; i < controls; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(
                await page.EvaluateAsync<string>(
                    "[...document.querySelectorAll('*')].indexOf(document.activeElement) + getComputedStyle(document.activeElement).outlineStyle"
                )
            );
        }

        reached.Count.ShouldBe(controls);
        reached.ShouldAllBe(control => control.EndsWith("solid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_narrow_screen()
    {
        await using Window window = await browser.OpenAsync(site, new() { ViewportSize = Narrow });
        foreach (string address in SomePages)
        {
            await window.Page.GotoAsync(address);
            int width = await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            width.ShouldBeLessThanOrEqualTo(Narrow.Width, address);
        }
    }

    [Fact]
    public async Task In_print_the_bars_are_gone_and_what_was_folded_or_left_out_is_there()
    {
        await using Window window = await browser.OpenAsync(
            site,
            new() { ColorScheme = ColorScheme.Dark, ViewportSize = Narrow }
        );
        IPage page = window.Page;
        await page.GotoAsync("/en/codes/180-vs-183");
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await page.Locator(".bar").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator("form").First.IsVisibleAsync()).ShouldBeFalse();
        Brightness(await BackgroundAsync(page)).ShouldBe(255);
        (
            await page.EvaluateAsync<bool>(
                "document.querySelector('details table').checkVisibility({ contentVisibilityAuto: true })"
            )
        ).ShouldBeTrue();
        (await page.Locator("#ladder svg").First.IsVisibleAsync()).ShouldBeTrue();
    }

    private static async Task<byte[]> LightCornerAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return await page.ScreenshotAsync(
            new()
            {
                Clip = new()
                {
                    X = 0,
                    Y = 300,
                    Width = 2,
                    Height = 2,
                },
            }
        );
    }

    private static Task<string> FocusedAsync(IPage page) =>
        page.EvaluateAsync<string>("document.activeElement.textContent");

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    /// <summary>Mean of red, green and blue of "rgb(21, 23, 27)".</summary>
    private static double Brightness(string colour) =>
        colour["rgb(".Length..^1].Split(',').Average(part => int.Parse(part, CultureInfo.InvariantCulture));
}
