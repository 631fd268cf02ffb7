using System.Net;
using Microsoft.Playwright;

namespace Ringfence.Web.Tests;

/// <summary>A capture of many calls on the page: found by what is known of them, page by page; and files that are too many or too large.</summary>
public sealed class DiagnoseSieveTests(Site site, Browser browser) : IDisposable
{
    private const int Calls = 230;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diagnose-sieve-");

    [Fact]
    public async Task Calls_are_found_while_one_asks_and_the_address_says_what_was_asked()
    {
        await using Window window = await browser.OpenAsync(site);
        await SendAsync(window.Page);
        ILocator count = window.Page.Locator(".sieve .count");
        (await count.InnerTextAsync()).ShouldBe("230 of 230");

        await window.Page.Locator(".sieve [name=code]").PressSequentiallyAsync("6xx");
        await Assertions.Expect(count).ToHaveTextAsync("77 of 230");
        await window.Page.Locator(".sieve [name=from]").PressSequentiallyAsync("00009");
        await Assertions.Expect(count).ToHaveTextAsync("1 of 230");

        window.Page.Url.ShouldEndWith("?from=00009&code=6xx");
        (await Focused(window.Page)).ShouldBe("from", "what one types in stays where it is");
        (await window.Page.Locator(".calls tr").CountAsync()).ShouldBe(1);
        await window.Page.Locator(".drawn:visible .rf .msg").Nth(1).ClickAsync();
        (await window.Page.Locator(".panel pre").InnerTextAsync()).ShouldStartWith("SIP/2.0 607");

        await window.Page.ReloadAsync();
        (await count.InnerTextAsync()).ShouldBe("1 of 230");
        await window.Page.Locator(".sieve .all").ClickAsync();
        await Assertions.Expect(count).ToHaveTextAsync("230 of 230");
        (await Focused(window.Page)).ShouldBe("from");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_fits_it_is_said_and_a_wrong_code_is_not_sent()
    {
        await using Window window = await browser.OpenAsync(site);
        await SendAsync(window.Page);
        await window.Page.FillAsync(".sieve [name=to]", "nobody");
        await Assertions
            .Expect(window.Page.Locator("#found"))
            .ToContainTextAsync("None of the 230 calls and other exchanges is as asked for. Leave out a filter.");
        await window.Page.FillAsync(".sieve [name=to]", "");
        await window.Page.FillAsync(".sieve [name=code]", "6x");
        (await window.Page.Locator(".sieve [name=code]:invalid").CountAsync()).ShouldBe(1);
        await window.Page.FillAsync(".sieve [name=code]", "");
        await window.Page.CheckAsync(".sieve [name=failed]");
        await Assertions.Expect(window.Page.Locator(".sieve .count")).ToHaveTextAsync("77 of 230");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_script_the_form_does_the_same_and_every_call_has_its_ladder()
    {
        await using Window window = await browser.OpenAsync(site, new() { JavaScriptEnabled = false });
        await SendAsync(window.Page);
        (await window.Page.Locator(".calls tr").CountAsync()).ShouldBe(100);
        await window.Page.ClickAsync(".pager [rel=next]");
        await window.Page.ClickAsync(".pager [rel=next]");
        (await window.Page.Locator(".pager").InnerTextAsync()).ShouldContain("201 to 230 of 230");
        await window.Page.Locator(".calls a[href*='?call=']").First.ClickAsync();
        (await window.Page.Locator(".call").CountAsync()).ShouldBe(1);
        (await window.Page.Locator(".drawn:visible .rf .msg").CountAsync()).ShouldBe(3);

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All calls of this trace" }).ClickAsync();
        await window.Page.FillAsync(".sieve [name=finding]", "bk");
        await window.Page.ClickAsync(".sieve button");
        (await window.Page.Locator(".sieve .count").InnerTextAsync()).ShouldBe("77 of 230");
    }

    [Fact]
    public async Task Files_that_are_too_large_are_not_sent_and_the_command_that_takes_them_is_shown()
    {
        string large = Path.Combine(_folder.FullName, "night shift.pcap");
        await using (FileStream file = File.Create(large))
        {
            file.SetLength(65L << 20);
        }

        await using Window window = await browser.OpenAsync(site);
        List<string> sent = [];
        window.Page.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                sent.Add(request.Url);
            }
        };
        await window.Page.GotoAsync("/en/diagnose");
        await window.Page.SetInputFilesAsync("input[name=file]", large);
        ILocator problem = window.Page.GetByRole(AriaRole.Alert);
        (await problem.InnerTextAsync()).ShouldContain("larger than 64 MB");
        (await problem.Locator("code").InnerTextAsync()).ShouldBe(
            "ringfence diagnose 'night shift.pcap' --html report.html"
        );
        await window.Page.ClickAsync(".drop button");
        sent.ShouldBeEmpty();

        await window.Page.SetInputFilesAsync("input[name=file]", Small(17));
        (await problem.InnerTextAsync()).ShouldContain("At most 16 files");
        await window.Page.SetInputFilesAsync("input[name=file]", Small(2));
        (await problem.CountAsync()).ShouldBe(0);
        await window.Page.ClickAsync(".drop button");
        await window.Page.WaitForURLAsync("**/diagnose/*");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_files_than_are_taken_are_refused_by_the_server_too()
    {
        using MultipartFormDataContent content = [];
        foreach (string file in Small(17))
        {
            content.Add(new ByteArrayContent(TraceFile.Refused()), "file", Path.GetFileName(file));
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "/en/diagnose") { Content = content };
        using HttpResponseMessage response = await site.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Site.TextAsync(response)).ShouldContain("ringfence diagnose trace.pcap --html report.html");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_list_has_no_serious_finding_of_axe_and_no_width_makes_it_scroll_sideways(
        ColorScheme scheme,
        int width
    )
    {
        await using Window window = await browser.OpenAsync(
            site,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                BypassCSP = true,
            }
        );
        await SendAsync(window.Page);
        await window.Page.GotoAsync(window.Page.Url + "?from=0001");
        (await AccessibilityTests.FindingsAsync(window.Page)).ShouldBeEmpty();
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Small(int count)
    {
        string[] files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(_folder.FullName, $"{i}.pcap"))];
        foreach (string file in files)
        {
            File.WriteAllBytes(file, TraceFile.Refused());
        }

        return files;
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.name");

    private static async Task SendAsync(IPage page)
    {
        await page.GotoAsync("/en/diagnose");
        await page.SetInputFilesAsync(
            "input[name=file]",
            new FilePayload
            {
                Name = "many.pcap",
                MimeType = "",
                Buffer = ManyCalls.Of(Calls),
            }
        );
        await page.ClickAsync(".drop button");
        await page.WaitForURLAsync("**/diagnose/*");
    }
}
