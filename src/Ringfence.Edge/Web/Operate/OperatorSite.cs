using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Web.Desk;

namespace Ringfence.Edge.Web.Operate;

/// <summary>The operator's pages and API over a running edge.</summary>
internal static class OperatorSite
{
    internal static void Map(
        EdgeHost edge,
        KeptEvidence kept,
        PageRenderer renderer,
        IEndpointRouteBuilder routes,
        ILogger log,
        TimeProvider clock
    )
    {
        IHostApplicationLifetime lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var archive = new CallArchive(edge.Database);
        var meters = new MeterBook();
        lifetime.ApplicationStopped.Register(archive.Dispose);
        lifetime.ApplicationStopped.Register(meters.Dispose);

        var reports = new CallReports(kept.Book, kept.Store, log, clock);
        var numbers = new NumberBook(edge.Services, kept.Store, clock);
        new ReportsApi(reports).Map(routes);
        new ListsApi(edge.Services, numbers, clock).Map(routes);
        new CallsApi(archive).Map(routes);

        var pages = new OperatorPages(renderer, new FormSeal());
        var sheets = new CallSheets(edge.Services, archive, clock);
        new OverviewEndpoints(edge, pages, archive, edge.Board).Map(routes);
        new CallEndpoints(edge.Services, pages, archive, sheets, reports).Map(routes);
        new ListEndpoints(edge.Services, pages, archive, reports, clock).Map(routes);
        new NumberEndpoints(pages, numbers, archive, clock).Map(routes);
        new HealthEndpoints(edge, meters).Map(routes);
        routes
            .MapGet("/live", new LiveEvents(edge.Board, clock, lifetime.ApplicationStopping).AnswerAsync)
            .ExcludeFromDescription();
        WebAsset script = WebAsset.Get("live.js");
        routes.MapGet($"/assets/{script.Name}", context => Answer.AssetAsync(context, script)).ExcludeFromDescription();
    }
}
