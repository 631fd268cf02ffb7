using System.Diagnostics.Metrics;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>
/// The meter "Ringfence.Sip": what the stack does, for OpenTelemetry, dotnet-counters and the like. Nothing is counted for what nobody
/// listens to; what stands is read when asked for.
/// <code>
/// using var meters = new SipMeters();
/// … WireTap.On(wire, lane, [meters.Messages]) …
/// meters.Observe(transport);
/// meters.Observe("sip.transactions", "{transaction}", "Transactions that stand.", () => layers.Sum(layer => layer.Count));
/// </code>
/// </summary>
public sealed class SipMeters : IDisposable
{
    private readonly Meter _meter = new("Ringfence.Sip");

    /// <summary>The meters.</summary>
    public SipMeters() => Messages = new MeterTap(_meter);

    /// <summary>The tap that counts messages.</summary>
    public IMessageTap Messages { get; }

    /// <summary>Shows a transport: its lanes' queues and timers, its connections, its refusals.</summary>
    public void Observe(SipTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        Observe(transport.Lanes.Lanes);
        Observe("sip.connections", "{connection}", "Stream connections open.", () => transport.Count().ConnectionsOpen);
        Count(
            "sip.malformed",
            "{message}",
            "Messages that could not be read.",
            transport,
            static c => c.NotSip + c.MalformedRequests + c.MalformedResponses + c.StreamMalformed
        );
        Count(
            "sip.dropped",
            "{message}",
            "Messages refused or dropped for want of room.",
            transport,
            static c => c.RefusedForRoom + c.DroppedForRoom + c.StreamQueueFull + c.DatagramsOverflowed
        );
        Count("sip.tls.refused", "{connection}", "TLS connections refused.", transport, static c => c.TlsRefused);
        Count(
            "sip.flows.failed",
            "{flow}",
            "Flows whose keep-alive was not answered.",
            transport,
            static c => c.FlowsFailed
        );
        Count("sip.faults", "{fault}", "Exceptions that escaped from the stack.", transport, static c => c.Faults);
    }

    /// <summary>Shows lanes: work that waits and timers that are armed, a lane each.</summary>
    public void Observe(IReadOnlyList<Lane> lanes)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        _meter.CreateObservableGauge(
            "sip.lane.queue",
            () => lanes.Select(lane => Of(lane, lane.QueueDepth)),
            "{work}",
            "Pieces of work that wait at a lane."
        );
        _meter.CreateObservableGauge(
            "sip.lane.timers",
            () => lanes.Select(lane => Of(lane, lane.Timers.Count)),
            "{timer}",
            "Timers that are armed on a lane."
        );
    }

    /// <summary>Shows a number that somebody else keeps: transactions, calls. It is asked for on any thread.</summary>
    public void Observe(string name, string unit, string description, Func<long> value) =>
        _meter.CreateObservableGauge(name, value, unit, description);

    /// <summary>Shows a number that only grows and that somebody else keeps: retransmissions. It is asked for on any thread.</summary>
    public void Count(string name, string unit, string description, Func<long> value) =>
        _meter.CreateObservableCounter(name, value, unit, description);

    /// <summary>Ends the meter.</summary>
    public void Dispose() => _meter.Dispose();

    private void Count(
        string name,
        string unit,
        string description,
        SipTransport transport,
        Func<TransportCounters, long> value
    ) => Count(name, unit, description, () => value(transport.Count()));

    private static Measurement<int> Of(Lane lane, int value) =>
        new(value, new KeyValuePair<string, object?>("lane", lane.Index));
}
