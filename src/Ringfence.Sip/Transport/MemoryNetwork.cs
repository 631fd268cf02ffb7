using System.Net;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Transport;

/// <summary>
/// A network without sockets, driven by a <see cref="ManualClock"/>: nodes by address, links with delay, loss, duplication and
/// reordering. What happens follows from the seed alone, so a run repeats exactly. One thread only.
/// <code>
/// var clock = new ManualClock();
/// var network = new MemoryNetwork(clock, seed: 1);
/// MemoryNode alice = network.Add(IPEndPoint.Parse("192.0.2.1:5060"), new Lane(0, clock, LaneRandom.Seeded(1)));
/// alice.Attach(sink); // an IMessageSink that sends by alice.Wire
/// network.Run(TimeSpan.FromSeconds(32));
/// </code>
/// </summary>
/// <param name="clock">The clock that <see cref="Run"/> turns.</param>
/// <param name="seed">Decides which messages are lost, doubled and late.</param>
public sealed class MemoryNetwork(ManualClock clock, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<MemoryNode> _nodes = [];
    private readonly Dictionary<(UInt128 From, UInt128 To), LinkConditions> _links = [];
    private readonly PriorityQueue<MemoryDelivery, (long Due, long Order)> _onTheWay = new();
    private readonly MemoryConnections _connections = new();
    private long _order;

    /// <summary>The conditions of every link that has none of its own.</summary>
    public LinkConditions Conditions { get; set; } = LinkConditions.Perfect;

    /// <summary>Called with each message that a node sends, before it is delivered: for ladders and for tests that count.</summary>
    public Action<CarriedMessage>? Carried { get; set; }

    /// <summary>How many messages are on their way.</summary>
    public int OnTheWay => _onTheWay.Count;

    private long Now => (long)clock.Elapsed.TotalMilliseconds;

    /// <summary>Adds a node that is reached over UDP and TCP at one address and port.</summary>
    /// <exception cref="ArgumentException">The address is taken.</exception>
    public MemoryNode Add(IPEndPoint address, Lane lane)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(lane);
        Peer local = Peer.From(TransportKind.Udp, address);
        if (Find(local) is not null)
        {
            throw new ArgumentException($"There is a node at {address} already.", nameof(address));
        }

        var node = new MemoryNode(this, local, lane);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Sets the conditions from one address to another, in that direction only.</summary>
    public void SetLink(IPAddress from, IPAddress to, LinkConditions conditions) =>
        _links[(Peer.ToNumber(from), Peer.ToNumber(to))] = conditions;

    /// <summary>
    /// Breaks every stream connection between two addresses: what is on its way over them is lost, both ends get a transport
    /// error, and sending on them yields <see cref="SendOutcome.NoRoute"/>.
    /// </summary>
    public void BreakConnections(IPAddress one, IPAddress other)
    {
        foreach (MemoryConnection connection in _connections.TakeBetween(Peer.ToNumber(one), Peer.ToNumber(other)))
        {
            Find(connection.Opener)?.Sink?.OnTransportError(connection.AcceptorSeen);
            Find(connection.Acceptor)?.Sink?.OnTransportError(connection.OpenerSeen);
        }
    }

    /// <summary>
    /// Turns the clock on by a span of time, from event to event: timers and deliveries happen in their order.
    /// </summary>
    public void Run(TimeSpan span)
    {
        long end = Now + (long)span.TotalMilliseconds;
        while (NextEvent() is long next && next <= end)
        {
            TurnTo(next);
        }

        TurnTo(end);
    }

    /// <summary>
    /// Runs until nothing is on its way and no timer is armed, or until <paramref name="limit"/> has passed; false in that case.
    /// </summary>
    public bool RunUntilIdle(TimeSpan limit)
    {
        long end = Now + (long)limit.TotalMilliseconds;
        while (NextEvent() is long next)
        {
            if (next > end)
            {
                TurnTo(end);
                return false;
            }

            TurnTo(next);
        }

        return true;
    }

    internal SendOutcome Send(MemoryNode from, in Peer to, ReadOnlySpan<byte> message)
    {
        LinkConditions link = _links.GetValueOrDefault((from.Local.Address, to.Address), Conditions);
        return to.Kind == TransportKind.Udp
            ? SendDatagram(from, to, message, link)
            : SendStream(from, to, message, link);
    }

    private SendOutcome SendDatagram(MemoryNode from, in Peer to, ReadOnlySpan<byte> message, LinkConditions link)
    {
        int copies =
            link.Refuses || Draw(link.Loss) ? 0
            : Draw(link.Duplication) ? 2
            : 1;
        var bytes = message.ToArray();
        Carried?.Invoke(new CarriedMessage(from.Local, to, bytes, copies));
        for (int i = 0; i < copies; i++)
        {
            int jitter = link.Jitter > 0 ? _random.Next(link.Jitter + 1) : 0;
            Schedule(new MemoryDelivery(Find(to), from.Local, bytes), link.Delay + jitter);
        }

        if (link.Refuses)
        {
            Schedule(new MemoryDelivery(from, to, null), link.Delay);
        }

        return SendOutcome.Sent;
    }

    private SendOutcome SendStream(MemoryNode from, in Peer to, ReadOnlySpan<byte> message, LinkConditions link)
    {
        var bytes = message.ToArray();
        MemoryConnection? connection = _connections.Find(from.Local, to);
        if (connection is null && to.Connection != 0)
        {
            return SendOutcome.NoRoute;
        }

        MemoryNode? receiver = connection is null ? Find(to) : Find(connection.FarEnd(from.Local));
        if (link.Refuses || link.RefusesStreams || receiver is null)
        {
            Carried?.Invoke(new CarriedMessage(from.Local with { Kind = to.Kind }, to, bytes, 0));
            Schedule(new MemoryDelivery(from, to, null), link.Delay);
            return SendOutcome.Sent;
        }

        connection ??= _connections.Open(from.Local, to);
        Peer seen = connection.SeenBy(receiver.Local);
        Carried?.Invoke(new CarriedMessage(seen, to, bytes, 1));
        Schedule(new MemoryDelivery(receiver, seen, bytes), link.Delay);
        return SendOutcome.Sent;
    }

    private bool Draw(double share) => share > 0 && _random.NextDouble() < share;

    private void Schedule(MemoryDelivery delivery, int delay) => _onTheWay.Enqueue(delivery, (Now + delay, _order++));

    private MemoryNode? Find(Peer at) =>
        _nodes.Find(node => node.Local.Address == at.Address && node.Local.Port == at.Port);

    private long? NextEvent()
    {
        long? next = _onTheWay.TryPeek(out _, out (long Due, long Order) at) ? Math.Max(at.Due, Now) : null;
        foreach (MemoryNode node in _nodes)
        {
            long due = node.Lane.QueueDepth > 0 ? 0 : node.Lane.Timers.NextDue();
            if (due >= 0)
            {
                next = Math.Min(next ?? long.MaxValue, Now + due);
            }
        }

        return next;
    }

    private void TurnTo(long time)
    {
        clock.Advance(TimeSpan.FromMilliseconds(time - Now));
        foreach (MemoryNode node in _nodes)
        {
            node.Lane.Turn();
        }

        while (_onTheWay.TryPeek(out _, out (long Due, long Order) at) && at.Due <= time)
        {
            MemoryDelivery delivery = _onTheWay.Dequeue();
            if (delivery.Other.Connection == 0 || delivery.IsError || _connections.IsOpen(delivery.Other.Connection))
            {
                delivery.Receiver?.Deliver(delivery);
            }
        }
    }
}
