using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Observe;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Registrar;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Relay;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge;

/// <summary>How the ports are opened, and what stands on each lane.</summary>
public sealed partial class EdgeHost
{
    private void Open(EdgeConfiguration configuration)
    {
        Services.MediaClock.Start();
        _ = RelayRehearsal.RunAsync(_clock, _ending.Token);
        _taps = new EdgeTaps(configuration.Observe, _meters, _log);
        _transport = SipTransport.Open(
            new SipTransportOptions
            {
                Listen = [.. configuration.Listen.Select(WithTrunkNames)],
                WebSocketOrigins = configuration.WebSocketOrigins,
                TlsRefused = refusal =>
                    RegistrarLog.TlsRefused(_log, refusal.Peer.ToString(), refusal.Fault.ToString(), refusal.Detail),
                Lanes = configuration.Lanes,
                Advertise = configuration.Advertise is { } advertised ? [advertised] : [],
                Clock = _clock,
                Fault = exception => EdgeLog.LaneFault(_log, exception),
            },
            Lane
        );
        _meters.Observe(_transport);
        HostMeters.Show(_meters, _transactions, () => Calls, Services.Registrar);
        _transport.Start();
        foreach (ListenAddress address in _transport.Listening)
        {
            EdgeLog.Listening(_log, address.ToString());
        }

        _lookup = new TargetLookup(Services.State.Routes, Services.Resolver!, _log, _clock).RunAsync(_ending.Token);
        _listing = _lists.RunAsync(_ending.Token);
        _idle = IdleMemory.RunAsync(() => Calls, _clock, _ending.Token);
        _upkeep = new StirUpkeep(Services, _clock).RunAsync(_ending.Token);
    }

    /// <summary>The layers of one lane, lowest first.</summary>
    private IMessageSink Lane(Lane lane, IWire wire)
    {
        IReadOnlyList<IMessageTap> taps = Services.Findings is { } findings
            ? [.. _taps.Taps, findings.On(lane)]
            : _taps.Taps;
        wire = WireTap.On(wire, lane, taps);
        var talking = new TalkingCalls(lane);
        var reasons = new ReasonWire(new ByeWire(wire, talking), lane);
        var pipeline = new CallPipeline(lane, reasons, Services) { Talking = talking };
        var transactions = new TransactionLayer(lane, reasons, SipTimers.Default, TransactionLimits.Default);
        pipeline.Calls = new CallLayer(transactions, pipeline, Services.Registrar is null ? Options : WithUsers);
        pipeline.Proxy = new ProxyLayer(
            pipeline.Calls,
            new ProxyOptions { RouteKey = _keyring.Route, Resolver = pipeline.Resolver }
        );
        _calls.Add(pipeline.Calls);
        _proxies.Add(pipeline.Proxy);
        _transactions.Add(transactions);
        return WireTap.On(transactions, wire, lane, taps);
    }

    /// <summary>What of a host's servers this edge can reach; nobody is called by WebSocket (RFC 7118).</summary>
    private static ResolverOptions Reachable(IReadOnlyList<ListenAddress> listen) =>
        new()
        {
            Transports =
            [
                .. listen
                    .Select(address => address.Kind)
                    .Where(kind => kind is not (TransportKind.Ws or TransportKind.Wss))
                    .Distinct(),
            ],
            Families = [.. listen.Select(address => address.EndPoint.AddressFamily).Distinct().Order()],
        };

    /// <summary>Who may connect by TLS is a matter of the trunks in force.</summary>
    private ListenAddress WithTrunkNames(ListenAddress address) =>
        address.Tls is { } tls ? address with { Tls = tls with { ClientDomains = new TrunkNames(Services) } } : address;
}
