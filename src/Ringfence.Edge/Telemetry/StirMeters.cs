using System.Diagnostics.Metrics;
using Ringfence.Edge.Pipeline;

namespace Ringfence.Edge.Telemetry;

/// <summary>How long what signs and what is trusted still lasts, for whatever listens to <c>Ringfence.Edge</c>.</summary>
internal sealed class StirMeters : IDisposable
{
    private readonly Meter _meter = new("Ringfence.Edge");

    internal StirMeters(Func<IEnumerable<StirEnding>> endings, TimeProvider clock) =>
        _meter.CreateObservableGauge(
            "ringfence.stir.remaining",
            () =>
                endings()
                    .Select(ending => new Measurement<double>(
                        (ending.When - clock.GetUtcNow()).TotalSeconds,
                        new("kind", ending.Kind),
                        new("name", ending.Name)
                    )),
            "s",
            "Time until signing certificates, roots, the trust list and revocation lists end; negative once they have"
        );

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
