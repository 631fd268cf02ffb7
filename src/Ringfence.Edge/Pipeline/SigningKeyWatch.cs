using Ringfence.Edge.Telemetry;
using Ringfence.Stir.Authentication;

namespace Ringfence.Edge.Pipeline;

/// <summary>Takes a new signing key into use when its files have changed, and warns of a certificate that ends.</summary>
internal static class SigningKeyWatch
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    internal static async Task RunAsync(EdgeServices services, TimeProvider clock, CancellationToken cancellation)
    {
        DateTimeOffset warned = default;
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            SigningKeyFiles? keys = services.Stir?.Configuration.Sign?.Keys;
            if (keys?.ReloadIfChanged() is { } fault and not SigningKeyFault.None)
            {
                EdgeLog.SigningKeyRefused(services.Log, fault.ToString());
            }

            DateTimeOffset now = clock.GetUtcNow();
            if (
                keys?.Current is { } key
                && key.Certificate.NotAfter - now < Ahead
                && now - warned > TimeSpan.FromDays(1)
            )
            {
                warned = now;
                EdgeLog.SigningCertificateEnding(services.Log, key.Certificate.NotAfter);
            }
        } while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }
}
