using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Ringfence.Web.Tests.Browser))]

namespace Ringfence.Web.Tests;

/// <summary>Chromium of the system, without a window. Tests that need it are skipped by name where it is not installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Telephones in pages: media over loopback, by addresses, and sound without a click.
        "--allow-loopback-in-peer-connection",
        "--disable-features=WebRtcHideLocalIpsWithMdns",
        "--autoplay-policy=no-user-gesture-required",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A window of its own on the site; it fails the test at the end if the page complained.</summary>
    public Task<Window> OpenAsync(Site site, BrowserNewContextOptions? options = null) =>
        OpenAsync(site.Address, options);

    /// <summary>The same on another site.</summary>
    public async Task<Window> OpenAsync(Uri site, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, $"skipped: {Chromium} not present");
        options ??= new BrowserNewContextOptions();
        options.BaseURL = site.ToString();
        return await Window.OpenAsync(_browser!, options);
    }
}
