using System.Text.Json;
using Microsoft.Playwright;

namespace Ringfence.Web.Tests;

/// <summary>axe-core's rules (WCAG 2.2 A and AA, best practices) on the main pages.</summary>
public sealed class AccessibilityTests(Site site, Browser browser)
{
    /// <summary>Every kind of page, and a code of every class, for the colours.</summary>
    private static readonly string[] Pages =
    [
        "codes",
        "codes/607",
        "codes/183-vs-607",
        "codes/200-vs-302",
        "codes/486-vs-503",
        "codes/which",
        "codes?q=spam",
        "nothing",
    ];
    private static readonly Lazy<string> Axe = new(() =>
    {
        using StreamReader reader = new(typeof(AccessibilityTests).Assembly.GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    });

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task The_main_pages_have_no_serious_finding(ColorScheme scheme, int width)
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
        List<string> findings = [];
        foreach (
            string page in (string[])
                [.. Pages.Select(page => "/en/" + page), .. Site.Languages.Select(language => $"/{language}/codes/607")]
        )
        {
            await window.Page.GotoAsync(page);
            findings.AddRange((await FindingsAsync(window.Page)).Select(finding => $"{page}: {finding}"));
        }

        findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_with_faults_has_findings()
    {
        await using Window window = await browser.OpenAsync(site, new() { BypassCSP = true });
        await window.Page.SetContentAsync(
            "<html><body><img src='data:,'><p style='color:#999;background:#fff'>pale</p><button></button></body></html>"
        );
        string[] findings = await FindingsAsync(window.Page);
        findings.ShouldContain(finding => finding.StartsWith("color-contrast", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.StartsWith("image-alt", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.StartsWith("button-name", StringComparison.Ordinal));
    }

    /// <summary>Serious and critical findings, each with the first element concerned.</summary>
    internal static async Task<string[]> FindingsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        JsonElement violations = await page.EvaluateAsync<JsonElement>("axe.run().then(result => result.violations)");
        return
        [
            .. violations
                .EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation =>
                    $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("failureSummary").GetString()}"
                ),
        ];
    }
}
