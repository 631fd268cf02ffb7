using Microsoft.Playwright;

namespace Ringfence.Web.Tests;

/// <summary>The page <c>/diagnose</c> as people use it: a dropped file, a chosen arrow, a player.</summary>
public sealed class DiagnoseBrowserTests(Site site, Browser browser)
{
    private const string Drop = """
        ([name, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name));
          for (const type of ["dragover", "drop"])
            document.querySelector(".drop").dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
        }
        """;

    [Fact]
    public async Task A_dropped_capture_becomes_a_ladder_whose_arrows_show_their_messages()
    {
        await using Window window = await browser.OpenAsync(site);
        await DropAsync(window.Page, TraceFile.Ringback());
        await window.Page.Locator(".drawn:visible .rf .msg").First.ClickAsync();

        (await window.Page.Locator(".panel pre").InnerTextAsync()).ShouldStartWith("INVITE sip:+33180001000");
        (await window.Page.Locator(".panel .codecs tbody tr").CountAsync()).ShouldBe(2);
        await window.Page.Keyboard.PressAsync("ArrowDown");
        (await window.Page.Locator(".panel pre").InnerTextAsync()).ShouldStartWith("SIP/2.0 183");
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chosen_finding_marks_its_arrows_and_an_arrow_its_findings()
    {
        await using Window window = await browser.OpenAsync(site);
        await DropAsync(window.Page, TraceFile.Refused());
        ILocator finding = window.Page.Locator(".finding").First;
        string id = (await finding.GetAttributeAsync("data-finding"))!;

        await finding.ClickAsync(
            new()
            {
                Position = new() { X = 4, Y = 4 },
            }
        );
        (await window.Page.Locator(".drawn:visible .msg.marked").CountAsync()).ShouldBeGreaterThan(0);

        await window.Page.Locator($".drawn:visible .msg[data-findings~='{id}']").First.ClickAsync();
        (await window.Page.Locator($".finding.marked[data-finding='{id}']").CountAsync()).ShouldBe(1);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Time_can_be_drawn_in_three_ways_without_a_script()
    {
        await using Window window = await browser.OpenAsync(site, new() { JavaScriptEnabled = false });
        await window.Page.GotoAsync("/en/diagnose");
        await window.Page.SetInputFilesAsync(
            "input[name=file]",
            new FilePayload
            {
                Name = "trace.pcap",
                MimeType = "",
                Buffer = TraceFile.Ringback(),
            }
        );
        await window.Page.ClickAsync(".drop button");
        await window.Page.WaitForURLAsync("**/diagnose/*");
        float folded = (await window.Page.Locator(".drawn:visible > svg").BoundingBoxAsync())!.Height;

        await window.Page.ClickAsync(".views label:nth-of-type(2)");

        float scale = (await window.Page.Locator(".drawn:visible > svg").BoundingBoxAsync())!.Height;
        scale.ShouldBeGreaterThan(folded);
    }

    [Fact]
    public async Task The_player_plays_what_was_heard()
    {
        await using Window window = await browser.OpenAsync(site);
        await DropAsync(window.Page, TraceFile.Ringback());

        double seconds = await window.Page.EvaluateAsync<double>(
            """
            new Promise((resolve, reject) => {
              const audio = document.querySelector(".player audio");
              audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
              audio.addEventListener("error", () => reject(new Error("cannot be played")));
              audio.load();
            })
            """
        );

        seconds.ShouldBe(6.0, 0.1);
        window.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Form_and_result_have_no_serious_finding_of_axe(ColorScheme scheme, int width)
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
        await window.Page.GotoAsync("/en/diagnose");
        List<string> findings = [.. await AccessibilityTests.FindingsAsync(window.Page)];
        await DropAsync(window.Page, TraceFile.Ringback());
        await window.Page.Locator(".drawn:visible .rf .msg").First.ClickAsync();
        findings.AddRange(await AccessibilityTests.FindingsAsync(window.Page));
        findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_narrow_page_never_scrolls_sideways()
    {
        await using Window window = await browser.OpenAsync(
            site,
            new()
            {
                ViewportSize = new() { Width = 360, Height = 900 },
            }
        );
        await DropAsync(window.Page, TraceFile.Ringback());
        (
            await window.Page.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        ).ShouldBeTrue();
    }

    private static async Task DropAsync(IPage page, byte[] file)
    {
        await page.GotoAsync("/en/diagnose");
        object[] arguments = ["trace.pcap", file.Select(octet => (int)octet).ToArray()];
        await page.EvaluateAsync(Drop, arguments);
        await page.WaitForURLAsync("**/diagnose/*");
    }
}
