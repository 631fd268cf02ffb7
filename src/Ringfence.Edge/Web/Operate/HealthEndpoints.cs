using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// For what watches the edge: <c>/healthz</c> says that it lives, <c>/readyz</c> whether it takes calls, <c>/metrics</c> what it has done.
/// The first two tell anybody nothing else; the third is the operator's.
/// </summary>
internal sealed class HealthEndpoints(EdgeHost edge, MeterBook meters)
{
    private const string Plain = "text/plain; charset=utf-8";

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", context => SayAsync(context, "ok\n", Plain)).ExcludeFromDescription();
        routes.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
        routes.MapGet("/metrics", context => SayAsync(context, Metrics(), MetricsText.Type)).ExcludeFromDescription();
    }

    private Task ReadyAsync(HttpContext context)
    {
        bool isReady = !edge.Services.IsDraining;
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return SayAsync(context, isReady ? "ready\n" : "draining: new calls get 503\n", Plain);
    }

    private string Metrics() =>
        meters.Text()
        + $"""
            # HELP ringfence_records_written_total Call records written
            # TYPE ringfence_records_written_total counter
            ringfence_records_written_total {edge.Services.Records.Written}
            # HELP ringfence_records_lost_total Call records that the disk could not take
            # TYPE ringfence_records_lost_total counter
            ringfence_records_lost_total {edge.Services.Records.Lost}
            # HELP process_resident_memory_bytes Memory of the process
            # TYPE process_resident_memory_bytes gauge
            process_resident_memory_bytes {Environment.WorkingSet}

            """;

    private static Task SayAsync(HttpContext context, string text, string type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Answer.SendAsync(context, Encoding.UTF8.GetBytes(text), type);
    }
}
