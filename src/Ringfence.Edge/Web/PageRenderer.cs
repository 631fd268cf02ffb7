using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Web;

/// <summary>Renders a page to a text, for the server and for a static site alike. Safe for use by many threads.</summary>
internal sealed class PageRenderer : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>The page as HTML. A renderer keeps every component that it made, so each page has its own.</summary>
    internal async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        var renderer = new HtmlRenderer(_services, _services.GetRequiredService<ILoggerFactory>());
        await using (renderer.ConfigureAwait(false))
        {
            return await renderer
                .Dispatcher.InvokeAsync(async () =>
                {
                    ParameterView view = ParameterView.FromDictionary(
                        parameters.ToDictionary(pair => pair.Name, pair => pair.Value)
                    );
                    return (await renderer.RenderComponentAsync<T>(view)).ToHtmlString();
                })
                .ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
