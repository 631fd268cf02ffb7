using System.Net;
using Microsoft.Playwright;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Web.Tests;

/// <summary>A diagnosis where it is read: on narrow and wide pages, by keyboard, on paper, and as a file of its own.</summary>
public sealed class DiagnoseFacesTests(Site site, Browser browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diagnose-faces-");

    [Fact]
    public async Task Nothing_is_asked_of_any_other_machine()
    {
        await using Window window = await browser.OpenAsync(site);
        List<string> asked = [];
        window.Page.Request += (_, request) => asked.Add(request.Url);
        await SendAsync(window.Page, TraceFile.Ringback());
        await window.Page.Locator(".drawn:visible .rf .msg").First.ClickAsync();

        asked.Count.ShouldBeGreaterThan(4);
        asked.ShouldAllBe(url => url.StartsWith(site.Address.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task No_width_makes_the_page_scroll_sideways(int width)
    {
        await using Window window = await browser.OpenAsync(
            site,
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        await SendAsync(window.Page, TraceFile.Refused());

        (
            await window.Page.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        ).ShouldBeTrue();
        (await window.Page.Locator(".drawn:visible > .rf").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Arrows_and_findings_can_be_reached_and_left_by_keyboard()
    {
        await using Window window = await browser.OpenAsync(site);
        await SendAsync(window.Page, TraceFile.Refused());
        ILocator arrows = window.Page.Locator(".drawn:visible > .rf .msg");
        await arrows.First.FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        (await window.Page.Locator(".panel pre").InnerTextAsync()).ShouldStartWith("SIP/2.0 607");
        (await window.Page.Locator(".finding.marked").CountAsync()).ShouldBeGreaterThan(0);

        await window.Page.Keyboard.PressAsync("Escape");
        (await window.Page.Locator(".finding.marked").CountAsync()).ShouldBe(0);

        await window.Page.Locator(".finding").First.FocusAsync();
        (await arrows.And(window.Page.Locator(".marked")).CountAsync()).ShouldBeGreaterThan(0);
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_paper_the_picture_is_cut_into_sheets_between_its_rows()
    {
        await using Window window = await browser.OpenAsync(site);
        await SendAsync(window.Page, TraceFile.Ringback());
        ILocator sheets = window.Page.Locator(".drawn").First.Locator(".sheets > .rf");
        (await sheets.First.IsVisibleAsync()).ShouldBeFalse();

        await window.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        (await sheets.First.IsVisibleAsync()).ShouldBeTrue();
        (await window.Page.Locator(".drawn > .rf").First.IsVisibleAsync()).ShouldBeFalse();
        // What a sheet shows is styled: a use element takes along no style of what it stood in.
        string fill = await window.Page.EvaluateAsync<string>(
            "getComputedStyle(document.querySelector('.drawn .rf g.rf .hit')).fill"
        );
        fill.ShouldBe("rgba(0, 0, 0, 0)");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_report_is_a_file_that_opens_without_a_network_and_has_no_serious_finding_of_axe(
        ColorScheme scheme
    )
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        await using (StreamWriter output = new(path))
        {
            CallDiagnosis diagnosis = CallDiagnosis.Of(
                CallTrace.Read(
                    [CaptureInput.Bytes("trace.pcap", TraceFile.Ringback())],
                    cancellation: TestContext.Current.CancellationToken
                )
            );
            HtmlReport.Write(output, diagnosis, new ReportOptions(), "trace.pcap");
        }

        await using Window window = await browser.OpenAsync(site, new() { ColorScheme = scheme, Offline = true });
        List<string> asked = [];
        window.Page.Request += (_, request) => asked.Add(request.Url);
        await window.Page.GotoAsync(new Uri(path).ToString());
        await window.Page.Locator(".drawn:visible .rf .msg").First.ClickAsync();

        (await window.Page.Locator(".panel pre").InnerTextAsync()).ShouldStartWith("INVITE");
        asked.ShouldAllBe(url =>
            url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)
        );
        (await AccessibilityTests.FindingsAsync(window.Page)).ShouldBeEmpty();
        window.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_log_beside_its_capture_is_known_by_itself_and_files_are_taken_together()
    {
        string foreign = Path.Combine(Checkout.Root, "tests", "Ringfence.Diagnosis.Tests", "Foreign");
        await using Window window = await browser.OpenAsync(site);
        await window.Page.GotoAsync("/en/diagnose");
        string refused = Path.Combine(_folder.FullName, "refused.pcap");
        await File.WriteAllBytesAsync(refused, TraceFile.Refused(), TestContext.Current.CancellationToken);
        await window.Page.SetInputFilesAsync(
            "input[name=file]",
            [Path.Combine(foreign, "tls.keys"), Path.Combine(foreign, "tls.pcapng"), refused]
        );
        await window.Page.ClickAsync(".drop button");
        await window.Page.WaitForURLAsync("**/diagnose/*");

        (await window.Page.Locator(".calls tr").CountAsync()).ShouldBe(3);
        (await window.Page.Locator("h1").InnerTextAsync()).ShouldNotContain("tls.keys");
    }

    [Fact]
    public async Task A_key_log_alone_is_no_capture()
    {
        using MultipartFormDataContent content = new()
        {
            { new StringContent("CLIENT_RANDOM 00 11"), "file", "keys.log" },
        };
        using HttpRequestMessage request = new(HttpMethod.Post, "/en/diagnose") { Content = content };
        using HttpResponseMessage response = await site.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task SendAsync(IPage page, byte[] file)
    {
        await page.GotoAsync("/en/diagnose");
        await page.SetInputFilesAsync(
            "input[name=file]",
            new FilePayload
            {
                Name = "trace.pcap",
                MimeType = "",
                Buffer = file,
            }
        );
        await page.ClickAsync(".drop button");
        await page.WaitForURLAsync("**/diagnose/*");
    }
}
