using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Observe;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Registrar;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Web;
using Ringfence.Edge.Web.Desk;
using Ringfence.Edge.Web.Operate;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge;

/// <summary>A running edge: its ports, its lanes, its media clock and its records.</summary>
public sealed partial class EdgeHost : IAsyncDisposable
{
    private static readonly CallOptions Options = new()
    {
        Product = "Ringfence",
        Allow = GateLegs.Allow,
        Supported = "timer, 199",
    };

    /// <summary>With users of its own: REGISTER (RFC 3261 §10), and a Path that proxies put in (RFC 3327).</summary>
    private static readonly CallOptions WithUsers = Options with
    {
        Allow = Options.Allow + ", REGISTER",
        Supported = "timer, 199, path",
    };

    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly List<CallLayer> _calls = [];
    private readonly List<ProxyLayer> _proxies = [];
    private KeptEvidence _kept = null!;
    private readonly List<TransactionLayer> _transactions = [];
    private readonly SipMeters _meters = new();
    private EdgeKeys _keyring = null!;
    private EdgeTaps _taps = null!;
    private EdgeConfiguration _started = null!;
    private SipTransport _transport = null!;
    private Task _lookup = Task.CompletedTask;
    private Task _idle = Task.CompletedTask;
    private ListWatch _lists = null!;
    private Task _listing = Task.CompletedTask;
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

    /// <summary>The last hour of calls, for pages.</summary>
    internal CallBoard Board { get; private init; } = null!;

    /// <summary>The file of the records.</summary>
    internal string Database => _started.Database;

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
        var kept = new KeptEvidence(configuration, log, clock);
        var keyring = EdgeKeys.Open(configuration.Database);
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
            Findings = new LiveFindingsWorker(FindingStore.Open(configuration.Database), log, clock),
            Stir = StirEngine.Make(configuration.Stir, null, clock),
            Reputation = kept.Reputation,
            Evidence = kept.Book,
            Desk = kept.Desk,
            Cards = kept.Cards,
            Resolver = new SipResolver(
                configuration.Dns ?? DnsOptions.FromSystem(),
                Reachable(configuration.Listen),
                clock
            ),
            Border = configuration.RtpEngine is { } rtpEngine ? new RtpEngineBorder(rtpEngine, log, clock) : null,
            Registrar = configuration.Registrar is { } users
                ? EdgeRegistrar.Open(users, configuration.Database, keyring.Nonce, log, clock)
                : null,
        };
        var host = new EdgeHost(services, clock, log)
        {
            _kept = kept,
            _keyring = keyring,
            _started = configuration,
            Board = new CallBoard(clock),
            _lists = new ListWatch(services.Lists, log, clock),
        };
        services.Records.Wrote = host.Board.Add;
        services.Findings.Wrote = host.Board.Looked;
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
        _kept.Cards.Trust(configuration.Stir);
        if (configuration.Registrar is { } users)
        {
            Services.Registrar?.Reload(users);
        }

        Services.State = new EdgeState(configuration, _clock);
        RestartSettings.Tell(_started, configuration, _log);
        _lookup = new TargetLookup(Services.State.Routes, Services.Resolver!, _log, _clock).RunAsync(_ending.Token);
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
        if (Services.Border is { } border)
        {
            await border.DisposeAsync().ConfigureAwait(false);
        }

        await Services.Records.DisposeAsync().ConfigureAwait(false);
        await _kept.DisposeAsync().ConfigureAwait(false);
        if (Services.Findings is { } findings)
        {
            await findings.DisposeAsync().ConfigureAwait(false);
        }

        Services.Meters.Dispose();
        _meters.Dispose();
        _taps.Dispose();
        if (Services.Registrar is { } registrar)
        {
            await registrar.DisposeAsync().ConfigureAwait(false);
        }

        await Services.Early.DisposeAsync().ConfigureAwait(false);
        Services.Stir?.Dispose();
        await _lookup.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _listing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    /// <summary>The pages and the API of what callees say and of refused callers.</summary>
    internal void Desk(PageRenderer renderer, IEndpointRouteBuilder routes)
    {
        new WhyEndpoints(Services, _kept.Desk, renderer, _clock).Map(routes);
        new AppealEndpoints(_kept.Desk, renderer, _log).Map(routes);
        OperatorSite.Map(this, _kept, renderer, routes, _log, _clock);
    }

    private void Load(IReadOnlyList<ListConfiguration> lists)
    {
        _lists.Watch(lists);
        foreach (ListConfiguration list in lists)
        {
            Services.Lists.Replace(list.Name, list.List);
        }
    }
}
