using Microsoft.Playwright;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Web.Tests;

/// <summary>A good call beside a bad one as a file of its own: opened without a network, read by keyboard, narrow and dark.</summary>
public sealed class ComparisonBrowserTests(Site site, Browser browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comparison-");

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task It_needs_nothing_else_and_has_no_serious_finding_of_axe(ColorScheme scheme, int width)
    {
        await using Window window = await OpenAsync(scheme, width);
        List<string> asked = [];
        window.Page.Request += (_, request) => asked.Add(request.Url);
        await window.Page.ReloadAsync();
        await window.Page.Locator(".drawn > .rf .msg").First.ClickAsync();

        asked.ShouldAllBe(url =>
            url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)
        );
        (await AccessibilityTests.FindingsAsync(window.Page)).ShouldBeEmpty();
        (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_arrow_shows_its_message_beside_that_of_the_other_call_by_keyboard_too()
    {
        await using Window window = await OpenAsync(ColorScheme.Light, 1440);
        ILocator first = window.Page.Locator(".drawn > .rf .msg").First;
        await first.FocusAsync();

        (await window.Page.Locator(".panel pre").AllInnerTextsAsync()).ShouldAllBe(text =>
            text.StartsWith("INVITE ", StringComparison.Ordinal)
        );
        (await window.Page.Locator(".panel pre").CountAsync()).ShouldBe(2);
        (await window.Page.Locator(".drawn > .rf .msg.chosen").CountAsync()).ShouldBe(2);

        await window.Page.Keyboard.PressAsync("ArrowRight");
        (await window.Page.EvaluateAsync<string>("document.activeElement.closest('.drawn').ariaLabel")).ShouldBe(
            "bad: refused.pcap"
        );
        await window.Page.Keyboard.PressAsync("Enter");
        (await window.Page.EvaluateAsync<string>("document.activeElement.className")).ShouldBe("panel");
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.Keyboard.PressAsync("Escape");
        (await window.Page.Locator(".panel .hint").CountAsync()).ShouldBe(1);
        (await window.Page.Locator(".msg.chosen").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Rows_that_answer_to_each_other_lie_at_the_same_height_on_the_page()
    {
        await using Window window = await OpenAsync(ColorScheme.Light, 1440);
        float[] tops = await window.Page.EvaluateAsync<float[]>(
            "[...document.querySelectorAll('.drawn > .rf .msg[data-frame=row0] .hit')].map(hit => hit.getBoundingClientRect().top)"
        );

        tops.Length.ShouldBe(2);
        tops[0].ShouldBe(tops[1], 0.5f);
    }

    [Fact]
    public async Task On_paper_the_ladders_are_cut_into_sheets()
    {
        await using Window window = await OpenAsync(ColorScheme.Light, 1440);
        await window.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        (await window.Page.Locator(".sheets > .rf").First.IsVisibleAsync()).ShouldBeTrue();
        (await window.Page.Locator(".drawn > .rf").First.IsVisibleAsync()).ShouldBeFalse();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<Window> OpenAsync(ColorScheme scheme, int width)
    {
        string path = Path.Combine(_folder.FullName, "compared.html");
        await using (StreamWriter output = new(path))
        {
            ComparisonHtml.Write(
                output,
                CallComparison.Of(
                    Read("ringing.pcap", TraceFile.Ringback()),
                    Read("refused.pcap", TraceFile.Refused())
                ),
                new ReportOptions()
            );
        }

        Window window = await browser.OpenAsync(
            site,
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                Offline = true,
            }
        );
        await window.Page.GotoAsync(new Uri(path).ToString());
        return window;
    }

    private static ComparedCall Read(string name, byte[] capture)
    {
        CallDiagnosis diagnosis = CallDiagnosis.Of(
            CallTrace.Read([CaptureInput.Bytes(name, capture)], cancellation: TestContext.Current.CancellationToken)
        );
        return ComparedCall.Best(diagnosis, new CallFilter())! with { Name = name };
    }
}
