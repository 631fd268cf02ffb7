using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ringfence.Codes;
using Ringfence.Edge.Web.Desk;

namespace Ringfence.Edge.Web;

/// <summary>The web server of the pages and of the API.</summary>
public sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CodePages _pages;

    private WebHost(WebApplication application, CodePages pages)
    {
        _application = application;
        _pages = pages;
    }

    /// <summary>Where it is to be seen.</summary>
    public Uri Address =>
        new(
            _application
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
        );

    /// <summary>Starts it.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <param name="publicAddress">Where readers see it, if a proxy stands before it; else links repeat the Host of the request.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    /// <param name="edge">The edge whose calls it is about; null for the reference alone.</param>
    /// <param name="password">The operator's; null: only who sits at this machine is the operator.</param>
    public static async Task<WebHost> StartAsync(
        IPEndPoint endPoint,
        Uri? publicAddress = null,
        EdgeHost? edge = null,
        string? password = null
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endPoint);
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(ApiDocument.Describe);
        WebApplication application = builder.Build();
        SecurityHeaders.Use(application);
        HeadRequests.Use(application);
        OperatorAccess.Use(application, password);
        SameSite.Use(application, () => edge?.Services.State.Redress.Address);
        application.UseRouting();
        var pages = new CodePages();
        var search = new CodeSearch([.. Language.Available.Select(name => Language.Load(name.Code))]);
        application.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();
        edge?.Desk(pages.Renderer, application);
        new CodesApi(search).Map(application);
        new CodesEndpoints(pages, search, publicAddress).Map(application);
        await application.StartAsync().ConfigureAwait(false);
        return new WebHost(application, pages);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        await _pages.DisposeAsync().ConfigureAwait(false);
    }
}
