using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge;

/// <summary>A running edge: its ports, its lanes, its media clock and its records.</summary>
public sealed class EdgeHost : IAsyncDisposable
{
    private static readonly CallOptions Options = new() { Product = "Ringfence", Supported = "199" };
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly List<CallLayer> _calls = [];
    private readonly List<ProxyLayer> _proxies = [];
    private SipTransport _transport = null!;
    private Task _lookup = Task.CompletedTask;
    private Task _idle = Task.CompletedTask;
    private Task _upkeep = Task.CompletedTask;

    private EdgeHost(EdgeServices services, TimeProvider clock, ILogger log)
    {
        Services = services;
        _clock = clock;
        _log = log;
    }

    /// <summary>What the lanes share.</summary>
    public EdgeServices Services { get; }

    /// <summary>The addresses that are listened on, ports filled in.</summary>
    public IReadOnlyList<ListenAddress> Listening => _transport.Listening;

    /// <summary>Calls that are not over.</summary>
    public int Calls => _calls.Sum(lane => lane.Count) + _proxies.Sum(lane => lane.Count);

    /// <summary>Opens the ports, the database and the lists, and begins to serve.</summary>
    /// <param name="configuration">What it is told.</param>
    /// <param name="log">Where log lines go.</param>
    /// <param name="observer">Hears of ended calls; null for nobody.</param>
    /// <exception cref="System.Net.Sockets.SocketException">A port cannot be had.</exception>
    public static EdgeHost Start(EdgeConfiguration configuration, ILogger log, ICallObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        TimeProvider clock = TimeProvider.System;
        var services = new EdgeServices(new EdgeState(configuration, clock))
        {
            Records = new CallRecordWriter(CallRecordStore.Open(configuration.Database), log, clock),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(clock),
            RtpPorts = new RtpPortRange(
                IPAddress.Any,
                configuration.EarlyMedia.FirstPort,
                configuration.EarlyMedia.LastPort,
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue))
            ),
            Meters = new EdgeMeters(),
            Log = log,
            Observer = observer,
            Stir = StirEngine.Make(configuration.Stir, null, clock),
        };
        var host = new EdgeHost(services, clock, log);
        host.Load(configuration.Lists);
        host.Open(configuration);
        return host;
    }

    /// <summary>Puts another configuration's trunks, routes, lists and policy into force; calls under way keep the old one.</summary>
    public void Reload(EdgeConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Load(configuration.Lists);
        Services.Stir = StirEngine.Make(configuration.Stir, Services.Stir, _clock);
        Services.State = new EdgeState(configuration, _clock);
        _lookup = new TargetLookup(Services.State.Routes, _log, _clock).RunAsync(_ending.Token);
    }

    /// <summary>Refuses new calls with 503 and waits until those under way have ended, or the time is over.</summary>
    public async Task DrainAsync(TimeSpan within)
    {
        Services.IsDraining = true;
        EdgeLog.Draining(_log, Calls);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), _clock);
        long start = _clock.GetTimestamp();
        while (Calls > 0 && _clock.GetElapsedTime(start) < within)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        Services.MediaClock.Dispose();
        await Services.Records.DisposeAsync().ConfigureAwait(false);
        Services.Meters.Dispose();
        await Services.Early.DisposeAsync().ConfigureAwait(false);
        Services.Stir?.Dispose();
        await _lookup.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private void Load(IEnumerable<ListConfiguration> lists)
    {
        foreach (ListConfiguration list in lists)
        {
            Services.Lists.Replace(list.Name, list.List);
        }
    }

    private void Open(EdgeConfiguration configuration)
    {
        Services.MediaClock.Start();
        _transport = SipTransport.Open(
            new SipTransportOptions
            {
                Listen = configuration.Listen,
                Lanes = configuration.Lanes,
                Advertise = configuration.Advertise is { } advertised ? [advertised] : [],
                Clock = _clock,
                Fault = exception => EdgeLog.LaneFault(_log, exception),
            },
            Lane
        );
        _transport.Start();
        foreach (ListenAddress address in _transport.Listening)
        {
            EdgeLog.Listening(_log, address.ToString());
        }

        _lookup = new TargetLookup(Services.State.Routes, _log, _clock).RunAsync(_ending.Token);
        _idle = IdleMemory.RunAsync(() => Calls, _clock, _ending.Token);
        _upkeep = new StirUpkeep(Services, _clock).RunAsync(_ending.Token);
    }

    /// <summary>The layers of one lane, lowest first.</summary>
    private TransactionLayer Lane(Lane lane, IWire wire)
    {
        var reasons = new ReasonWire(wire, lane);
        var pipeline = new CallPipeline(lane, reasons, Services);
        var transactions = new TransactionLayer(lane, reasons, SipTimers.Default, TransactionLimits.Default);
        pipeline.Calls = new CallLayer(transactions, pipeline, Options);
        pipeline.Proxy = new ProxyLayer(pipeline.Calls);
        _calls.Add(pipeline.Calls);
        _proxies.Add(pipeline.Proxy);
        return transactions;
    }
}
