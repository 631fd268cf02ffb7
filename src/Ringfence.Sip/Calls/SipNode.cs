using Ringfence.Sip.Lanes;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// A whole SIP element in one object: its ports, a thread a lane, and the layers on each, lowest first. Calls come to an
/// <see cref="ICallHandler"/> on the lane's thread; calls of one's own are dialed from any thread and awaited.
/// <code>
/// await using SipNode node = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:5062"), call => call.Refuse(607, default));
/// </code>
/// </summary>
public sealed class SipNode : IAsyncDisposable
{
    private readonly SipTransport _transport;
    private readonly List<CallLayer> _lanes = [];
    private uint _dialed;

    private SipNode(SipNodeOptions options, Func<CallLayer, ICallHandler> handlers)
    {
        _transport = SipTransport.Open(options.Transport, (lane, wire) => Build(lane, wire, options, handlers));
        _transport.Start();
    }

    /// <summary>Where it listens, with the ports that were really taken, in the order of the options.</summary>
    public IReadOnlyList<ListenAddress> Listening => _transport.Listening;

    /// <summary>Calls that are not over, of all lanes.</summary>
    public int Calls => _lanes.Sum(static lane => lane.Count);

    /// <summary>What the transports have counted until now. From any thread.</summary>
    public TransportCounters Counters => _transport.Count();

    /// <summary>Opens the ports and begins to serve.</summary>
    /// <param name="options">Where to listen, and how much to take.</param>
    /// <param name="handlers">
    /// Makes the handler of each lane, before anything is received: a <c>ProxyLayer</c> belongs here, on the lane's calls.
    /// </param>
    /// <exception cref="IOException">One or more addresses cannot be had; the message names every one of them.</exception>
    public static SipNode Open(SipNodeOptions options, Func<CallLayer, ICallHandler> handlers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handlers);
        return new SipNode(options, handlers);
    }

    /// <summary>Opens the ports and begins to serve.</summary>
    /// <param name="options">Where to listen, and how much to take.</param>
    /// <param name="onInvite">Decides on each new call; called on the thread of the call's lane.</param>
    /// <exception cref="IOException">One or more addresses cannot be had; the message names every one of them.</exception>
    public static SipNode Open(SipNodeOptions options, Action<IncomingCall> onInvite)
    {
        ArgumentNullException.ThrowIfNull(onInvite);
        return Open(options, _ => new InviteAction(onInvite));
    }

    /// <summary>Opens the ports for calls of one's own; calls that come are refused with 480.</summary>
    /// <param name="options">Where to listen, and how much to take.</param>
    /// <exception cref="IOException">One or more addresses cannot be had; the message names every one of them.</exception>
    public static SipNode Open(SipNodeOptions options) => Open(options, static call => call.End());

    /// <summary>Begins a call. From any thread. The URI's host is an address: nothing is looked up.</summary>
    /// <param name="from">Who calls: a SIP URI.</param>
    /// <param name="to">Who is called, and where the INVITE goes: a SIP URI with a numeric host.</param>
    /// <param name="offer">SDP; none for a delayed offer.</param>
    /// <exception cref="ArgumentException">A URI is no SIP URI, or the host of <paramref name="to"/> is a name.</exception>
    public DialedCall Dial(string from, string to, in Body offer)
    {
        var target = UriTarget.Of(to, nameof(to));
        return Dial(
            new Invitation
            {
                Destination = target.Destination,
                RequestUri = target.RequestUri,
                From = UriTarget.InBrackets(from, nameof(from)),
                To = UriTarget.InBrackets(to, nameof(to)),
                Body = offer,
            }
        );
    }

    /// <summary>Begins a call that says all that can be said. From any thread.</summary>
    public DialedCall Dial(Invitation invitation)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        int lane = (int)(Interlocked.Increment(ref _dialed) % (uint)_lanes.Count);
        return new DialedCall(_lanes[lane], invitation);
    }

    /// <summary>Closes everything at once; calls under way are left as they are. Not from a lane's thread.</summary>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private TransactionLayer Build(
        Lane lane,
        IWire wire,
        SipNodeOptions options,
        Func<CallLayer, ICallHandler> handlers
    )
    {
        var transactions = new TransactionLayer(lane, wire, options.Timers, options.Limits);
        _lanes.Add(new CallLayer(transactions, handlers, options.Calls));
        return transactions;
    }
}
