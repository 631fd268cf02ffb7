using System.Collections.Concurrent;
using System.Net.Sockets;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The TCP connections of this process (RFC 3261 §18): found by id or by destination, opened when needed, closed when overdue. What
/// they bring goes to the lanes by their rings.
/// </summary>
internal sealed class Streams : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, StreamConnection> _connections = new();
    private readonly ConcurrentDictionary<(UInt128 Address, ushort Port), StreamConnection> _opened = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _opening = new();
    private readonly KeyedHash _tags;
    private readonly LaneGroup _group;
    private readonly Listeners _listeners;
    private readonly TimeProvider _clock;
    private readonly StreamAdmission _admission;
    private readonly ITimer _sweep;
    private LaneDispatch[] _dispatches = [];
    private long _lastId;
    private volatile bool _isFinishing;

    internal Streams(
        LaneGroup group,
        Listeners listeners,
        StreamLimits limits,
        ParserLimits parserLimits,
        TimeProvider clock
    )
    {
        _group = group;
        _listeners = listeners;
        _clock = clock;
        _tags = KeyedHash.From(group.Lanes[0].Random);
        _admission = new StreamAdmission(limits, Counters);
        Limits = limits;
        ParserLimits = parserLimits;
        _sweep = clock.CreateTimer(_ => Sweep(), null, SweepPeriod, SweepPeriod);
    }

    internal StreamLimits Limits { get; }

    internal ParserLimits ParserLimits { get; }

    internal StreamCounters Counters { get; } = new();

    internal int Open => _admission.Open;

    /// <summary>How many connections wait for one thing.</summary>
    internal int Count(StreamPhase phase) => _connections.Values.Count(connection => connection.Phase == phase);

    internal void Connect(LaneDispatch[] dispatches) => _dispatches = dispatches;

    /// <summary>Takes a connection that somebody opened to us, unless there are too many.</summary>
    internal void Accept(Socket socket, in Peer from)
    {
        if (_stopping.IsCancellationRequested || !_admission.TryEnter(from, isAccepted: true))
        {
            // A reset leaves nothing behind here.
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
            return;
        }

        Interlocked.Increment(ref Counters.Accepted);
        Add(socket, from, isAccepted: true).Start();
    }

    /// <summary>On a lane's thread: sends on the connection that the peer names, or on one to its address and port.</summary>
    internal SendOutcome Send(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message)
    {
        StreamConnection? connection =
            to.Connection != 0 ? _connections.GetValueOrDefault(to.Connection)
            : _opened.TryGetValue((to.Address, to.Port), out StreamConnection? found) ? found
            : OpenTo(to);
        SendOutcome outcome = connection?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute;
        if (outcome == SendOutcome.NoRoute && connection is not null && to.Connection == 0)
        {
            // The one that was open is closing: what did not ask for it by name gets a new one.
            _opened.TryRemove(KeyValuePair.Create((to.Address, to.Port), connection));
            outcome = OpenTo(to)?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute;
        }

        Count(outcome);
        return outcome;
    }

    /// <summary>Brings a message to its lane; waits, and so stops reading the connection, while the lane's ring is full.</summary>
    internal async ValueTask DeliverAsync(StreamConnection connection, ParseResult message)
    {
        if (message.Malformed.IsFault && message.Message is not SipRequest)
        {
            Interlocked.Increment(ref Counters.Malformed);
            return;
        }

        Interlocked.Increment(ref Counters.Received);
        LaneDispatch owner = _dispatches[_group.LaneOf(message.Message!.Value(HeaderId.CallId))];
        ValueTask posted = owner.Lane.PostAsync(new ArrivedMessage(owner, connection.FarEnd, message), _stopping.Token);
        if (!posted.IsCompleted)
        {
            Interlocked.Increment(ref Counters.Paused);
            connection.Await(StreamPhase.Paused, true);
        }

        await posted.ConfigureAwait(false);
    }

    /// <summary>Answers what cannot be followed with its status, where it can be answered, and closes.</summary>
    internal void Reject(StreamConnection connection, in Frame frame)
    {
        Interlocked.Increment(ref Counters.Malformed);
        if (frame.Message is SipRequest { Method: not SipMethod.Ack } request && frame.Malformed.StatusCode != 0)
        {
            var reply = new StatelessReply(_tags);
            connection.Write(
                reply.Write(connection.FarEnd, request, frame.Malformed.StatusCode, frame.Malformed.ReasonPhrase)
            );
        }

        connection.Finish();
    }

    /// <summary>The answer to a keep-alive (RFC 5626 §4.4.1).</summary>
    internal void Answer(StreamConnection connection)
    {
        Interlocked.Increment(ref Counters.Pings);
        connection.Write("\r\n"u8);
    }

    internal long DeadlineOf(StreamPhase phase)
    {
        TimeSpan time = phase switch
        {
            StreamPhase.Connecting => Limits.Connect,
            StreamPhase.FirstOctet => Limits.FirstOctet,
            StreamPhase.Header => Limits.Header,
            StreamPhase.Body => Limits.Body,
            StreamPhase.Closing => ClosingTime,
            _ => Limits.Idle,
        };
        return phase == StreamPhase.Paused
            ? long.MaxValue
            : _clock.GetTimestamp() + (long)(time.TotalSeconds * _clock.TimestampFrequency);
    }

    internal void OnClosed(StreamConnection connection)
    {
        Peer farEnd = connection.FarEnd;
        _connections.TryRemove(farEnd.Connection, out _);
        if (_isFinishing && _connections.IsEmpty)
        {
            _allClosed.TrySetResult();
        }

        _opened.TryRemove(KeyValuePair.Create((farEnd.Address, farEnd.Port), connection));
        _admission.Leave(farEnd, connection.IsAccepted);
        bool wasRefused = connection.Phase == StreamPhase.Connecting;
        if (wasRefused)
        {
            Interlocked.Increment(ref Counters.ConnectFailed);
        }

        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        foreach (LaneDispatch dispatch in _dispatches)
        {
            if ((connection.Senders & (1UL << dispatch.Lane.Index)) != 0)
            {
                var news = new BrokenConnection(dispatch, farEnd, wasRefused);
                _ = dispatch.Lane.PostAsync(news, _stopping.Token).AsTask();
            }
        }
    }

    /// <summary>Sends what is queued, then closes; what is not sent when the token is cancelled is lost.</summary>
    internal async Task FinishAsync(CancellationToken deadline)
    {
        _isFinishing = true;
        foreach (StreamConnection connection in _connections.Values)
        {
            connection.Finish();
        }

        if (!_connections.IsEmpty)
        {
            await _allClosed.Task.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Closes everything at once.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _sweep.Dispose();
        foreach (StreamConnection connection in _connections.Values)
        {
            connection.Dispose();
        }
    }

    private StreamConnection? OpenTo(in Peer to)
    {
        lock (_opening)
        {
            if (_opened.TryGetValue((to.Address, to.Port), out StreamConnection? present))
            {
                return present;
            }

            if (_stopping.IsCancellationRequested || !_admission.TryEnter(to, isAccepted: false))
            {
                return null;
            }

            if (NewSocket(to.Family) is not { } socket)
            {
                _admission.Leave(to, isAccepted: false);
                return null;
            }

            Interlocked.Increment(ref Counters.Opened);
            StreamConnection connection = Add(socket, to, isAccepted: false);
            _opened[(to.Address, to.Port)] = connection;
            _ = ConnectAsync(connection);
            return connection;
        }
    }

    private static Socket? NewSocket(AddressFamily family)
    {
        try
        {
            return new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }
        catch (SocketException)
        {
            // Out of descriptors: the message has no way, as its sender is told.
            return null;
        }
    }

    private static async Task ConnectAsync(StreamConnection connection)
    {
        using var operation = new SocketOperation();
        SocketError error = await operation
            .ConnectAsync(connection.Socket, connection.FarEnd.ToEndPoint())
            .ConfigureAwait(false);
        if (error == SocketError.Success)
        {
            connection.Start();
        }
        else
        {
            connection.Dispose();
        }
    }

    private StreamConnection Add(Socket socket, in Peer farEnd, bool isAccepted)
    {
        Peer named = farEnd with { Connection = Interlocked.Increment(ref _lastId) };
        var connection = new StreamConnection(this, socket, named, isAccepted);
        _connections[named.Connection] = connection;
        return connection;
    }

    private void Sweep()
    {
        long now = _clock.GetTimestamp();
        foreach (StreamConnection connection in _connections.Values)
        {
            if (connection.IsOverdue(now))
            {
                Interlocked.Increment(ref Counters.TimedOut);
                connection.Dispose();
            }
        }
    }

    private void Count(SendOutcome outcome)
    {
        if (outcome == SendOutcome.Sent)
        {
            Interlocked.Increment(ref Counters.Sent);
        }
        else if (outcome == SendOutcome.QueueFull)
        {
            Interlocked.Increment(ref Counters.QueueFull);
        }
    }
}
