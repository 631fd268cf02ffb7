using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Routing;

/// <summary>Looks the host names of route targets up, at the start and every minute, away from the calls.</summary>
public sealed class TargetLookup(RouteTable routes, ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

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

    /// <summary>A failed look-up leaves the last address in force.</summary>
    private async Task LookUpAsync(RouteTarget target, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Deadline);
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(target.Configuration.Host, deadline.Token)
                .ConfigureAwait(false);
            if (found.Length > 0)
            {
                target.Found(
                    Array.Find(found, address => address.AddressFamily == AddressFamily.InterNetwork) ?? found[0]
                );
            }
        }
        catch (Exception e)
            when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            EdgeLog.TargetNotResolved(log, target.Configuration.Host, e.Message);
        }
    }
}
