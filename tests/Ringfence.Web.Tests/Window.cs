using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Ringfence.Web.Tests;

/// <summary>A window of the browser with nothing stored. Whatever the page complains of (policy, script, missing files) is kept.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, fault) => _complaints.Enqueue(fault);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page, none in a page that is well.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    internal static async Task<Window> OpenAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        IBrowserContext context = await browser.NewContextAsync(options);
        return new Window(context, await context.NewPageAsync());
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
