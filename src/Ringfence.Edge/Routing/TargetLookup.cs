using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;
using Ringfence.Sip.Resolve;

namespace Ringfence.Edge.Routing;

/// <summary>
/// Looks the host names of route targets up at the start and every minute, away from the calls: so a call mostly finds them in the
/// cache, and what was found last stands when the name servers are silent.
/// </summary>
public sealed class TargetLookup(RouteTable routes, SipResolver resolver, ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Looks up now; then again every minute until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        RouteTarget[] targets =
        [
            .. routes.Routes.SelectMany(route => route.Targets).Where(target => target.NeedsLookup),
        ];
        if (targets.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await Task.WhenAll(targets.Select(target => LookUpAsync(target, cancellation))).ConfigureAwait(false);
        } while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private async Task LookUpAsync(RouteTarget target, CancellationToken cancellation)
    {
        Resolution found = await resolver.ResolveAsync(target.LookupUri.Span, cancellation).ConfigureAwait(false);
        if (found.Status == ResolveStatus.Found)
        {
            target.Found([.. found.Targets.Select(server => server.Destination)]);
        }
        else
        {
            EdgeLog.TargetNotResolved(log, target.Configuration.Host, found.Status.ToString());
        }
    }
}
