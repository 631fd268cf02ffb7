using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Web;

/// <summary>Renders a page to a text, for the server and for a static site alike.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();
    private readonly HtmlRenderer _renderer;

    internal PageRenderer() => _renderer = new HtmlRenderer(_services, _services.GetRequiredService<ILoggerFactory>());

    /// <summary>The page as HTML.</summary>
    internal Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        _renderer.Dispatcher.InvokeAsync(async () =>
        {
            ParameterView view = ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value));
            return (await _renderer.RenderComponentAsync<T>(view)).ToHtmlString();
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }
}
