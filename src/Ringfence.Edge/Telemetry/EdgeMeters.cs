using System.Diagnostics.Metrics;

namespace Ringfence.Edge.Telemetry;

/// <summary>The edge's counts, for whatever listens to <c>Ringfence.Edge</c> (OpenTelemetry, dotnet-counters).</summary>
public sealed class EdgeMeters : IDisposable
{
    private readonly Meter _meter = new("Ringfence.Edge");
    private readonly Counter<long> _calls;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _strangers;

    /// <summary>Makes the instruments.</summary>
    public EdgeMeters()
    {
        _calls = _meter.CreateCounter<long>("ringfence.calls", "{call}", "New calls, by trunk and verdict");
        _refusals = _meter.CreateCounter<long>("ringfence.refusals", "{call}", "Refused calls, by status code");
        _strangers = _meter.CreateCounter<long>("ringfence.strangers", "{call}", "Calls from addresses that belong to no trunk");
    }

    /// <summary>A call was decided.</summary>
    public void Decided(string trunk, string verdict) => _calls.Add(1, new("trunk", trunk), new("verdict", verdict));

    /// <summary>A call was refused.</summary>
    public void Refused(int statusCode) => _refusals.Add(1, new KeyValuePair<string, object?>("code", statusCode));

    /// <summary>A call came from nowhere known.</summary>
    public void Stranger() => _strangers.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
