using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The transports of one process on their lanes: opens the ports, runs a thread a lane, and gives each lane a sink for what
/// comes and a wire for what goes.
/// <code>
/// await using var transport = SipTransport.Open(options, (lane, wire) => new MySink(lane, wire));
/// transport.Start();
/// </code>
/// </summary>
public sealed class SipTransport : IAsyncDisposable
{
    private readonly SipTransportOptions _options;
    private readonly ListenSockets _sockets;
    private readonly LaneDispatch[] _dispatches;
    private readonly LaneThread[] _threads;
    private int _stage;

    private SipTransport(
        SipTransportOptions options,
        TlsContext?[] tls,
        ListenSockets sockets,
        Func<Lane, IWire, IMessageSink> sinks
    )
    {
        _options = options;
        _sockets = sockets;
        Lanes = new LaneGroup(options.LaneCount, options.Clock, _ => LaneRandom.Secure(), options.RingCapacity);
        var listeners = new Listeners(sockets.Listening, options.Advertise);
        Streams = new Streams(Lanes, options, tls);
        _dispatches = [.. Lanes.Lanes.Select(lane => new LaneDispatch(lane, options.ParserLimits))];
        Streams.Connect(_dispatches);
        _threads = [.. _dispatches.Select(dispatch => BuildLane(dispatch, listeners, sinks))];
    }

    /// <summary>The lanes.</summary>
    public LaneGroup Lanes { get; }

    internal Streams Streams { get; }

    /// <summary>Where it listens, with the ports that were really taken, in the order of the options.</summary>
    public IReadOnlyList<ListenAddress> Listening =>
        [.. _sockets.Listening.Select(local => new ListenAddress(local.Kind, local.ToEndPoint()))];

    /// <summary>True once <see cref="Drain"/> was called: new calls ought to be refused (503).</summary>
    public bool IsDraining => Volatile.Read(ref _stage) >= Stage.Draining;

    /// <summary>Opens the ports. Nothing is received before <see cref="Start"/>.</summary>
    /// <param name="options">Where to listen, and how much to take.</param>
    /// <param name="sinks">Makes each lane's sink; called here, once a lane.</param>
    /// <exception cref="IOException">
    /// One or more addresses cannot be had, and the message names every one of them; or a certificate file cannot be read.
    /// </exception>
    /// <exception cref="ArgumentException">The options name no address, or a TLS listener without a certificate.</exception>
    public static SipTransport Open(SipTransportOptions options, Func<Lane, IWire, IMessageSink> sinks)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sinks);
        TlsContext?[] tls = [.. options.Listen.Select(listen => TlsContext.For(listen, options))];
        return new SipTransport(options, tls, ListenSockets.Open(options), sinks);
    }

    /// <summary>Begins to receive.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (Interlocked.CompareExchange(ref _stage, Stage.Running, Stage.Open) != Stage.Open)
        {
            throw new InvalidOperationException("The transport was started before.");
        }

        Array.ForEach(_threads, thread => thread.Start());
        _sockets.Accept(Streams, _options.Clock);
    }

    /// <summary>Takes no more connections, so that what is under way can end; everything else goes on.</summary>
    public void Drain()
    {
        Interlocked.CompareExchange(ref _stage, Stage.Draining, Stage.Running);
        _sockets.StopAccepting();
    }

    /// <summary>
    /// Sends what is queued on streams until <paramref name="deadline"/> is cancelled, then ends the lanes' threads and closes
    /// everything.
    /// </summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        Drain();
        await Streams.FinishAsync(deadline).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes everything at once. Not from a lane's thread.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stage, Stage.Closed) != Stage.Closed)
        {
            _sockets.StopAccepting();
            Streams.Dispose();
            Array.ForEach(_threads, thread => thread.Dispose());
            _sockets.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What has been counted until now. From any thread.</summary>
    public TransportCounters Count()
    {
        StreamCounters streams = Streams.Counters;
        return new TransportCounters
        {
            DatagramsReceived = Sum(static lane => lane.Received),
            DatagramsSent = Sum(static lane => lane.Sent),
            DatagramsFailed = Sum(static lane => lane.SendFailed),
            DatagramsOverflowed = Volatile.Read(ref _stage) == Stage.Closed ? 0 : _sockets.Overflows(),
            KeepAlives = Sum(static lane => lane.KeepAlives),
            Stun = Sum(static lane => lane.Stun),
            NotSip = Sum(static lane => lane.NotSip),
            MalformedRequests = Sum(static lane => lane.MalformedRequests),
            MalformedResponses = Sum(static lane => lane.MalformedResponses),
            HandedOver = Sum(static lane => lane.HandedOver),
            RefusedForRoom = Sum(static lane => lane.RefusedForRoom),
            DroppedForRoom = Sum(static lane => lane.DroppedForRoom),
            Faults = Sum(static lane => lane.Faults) + Volatile.Read(ref streams.Faults),
            ConnectionsOpen = Streams.Count,
            ConnectionsAccepted = Volatile.Read(ref streams.Accepted),
            ConnectionsOpened = Volatile.Read(ref streams.Opened),
            ConnectionsFailed = Volatile.Read(ref streams.ConnectFailed),
            ConnectionsRefusedFull = Volatile.Read(ref streams.RefusedFull),
            ConnectionsRefusedPerSource = Volatile.Read(ref streams.RefusedPerSource),
            ConnectionsTimedOut = Volatile.Read(ref streams.TimedOut),
            StreamReceived = Volatile.Read(ref streams.Received),
            StreamSent = Volatile.Read(ref streams.Sent),
            StreamQueueFull = Volatile.Read(ref streams.QueueFull),
            StreamPings = Volatile.Read(ref streams.Pings),
            StreamMalformed = Volatile.Read(ref streams.Malformed),
            StreamPaused = Volatile.Read(ref streams.Paused),
            TlsRefused = Volatile.Read(ref streams.TlsRefused),
            UpgradesRefused = Volatile.Read(ref streams.UpgradesRefused),
            FlowsFailed = Volatile.Read(ref streams.FlowsFailed),
        };
    }

    private LaneThread BuildLane(LaneDispatch dispatch, Listeners listeners, Func<Lane, IWire, IMessageSink> sinks)
    {
        var wire = new LaneWire(dispatch, listeners, Streams, _options.SwitchToTcpAbove);
        List<UdpListener> inputs = _sockets.Udp(dispatch);
        inputs.ForEach(wire.Add);
        dispatch.Connect(wire, sinks(dispatch.Lane, wire), _dispatches);
        return new LaneThread(
            dispatch.Lane,
            inputs,
            exception =>
            {
                dispatch.Counters.Faults++;
                _options.Fault?.Invoke(exception);
            }
        );
    }

    private long Sum(Func<LaneCounters, long> counter) => _dispatches.Sum(dispatch => counter(dispatch.Counters));

    private static class Stage
    {
        internal const int Open = 0;
        internal const int Running = 1;
        internal const int Draining = 2;
        internal const int Closed = 3;
    }
}
