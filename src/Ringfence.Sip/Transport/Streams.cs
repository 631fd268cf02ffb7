using System.Collections.Concurrent;
using System.Net.Sockets;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The stream connections of this process (RFC 3261 §18), whoever opened them: counted, found by id, closed when overdue. What they
/// bring goes to the lanes by their rings.
/// </summary>
internal sealed class Streams : IDisposable
{
    private readonly ConcurrentDictionary<long, StreamConnection> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KeyedHash _tags;
    private readonly LaneGroup _group;
    private readonly StreamAdmission _admission;
    private readonly StreamSweep _sweep;
    private LaneDispatch[] _dispatches = [];
    private long _lastId;
    private volatile bool _isFinishing;

    internal Streams(LaneGroup group, SipTransportOptions options, IReadOnlyList<TlsContext?> tls)
    {
        _group = group;
        Options = options;
        Tls = tls;
        _tags = KeyedHash.From(group.Lanes[0].Random);
        _admission = new StreamAdmission(Limits, Counters);
        Deadlines = new StreamDeadlines(Limits, options.Clock);
        Opener = new StreamOpener(this);
        _sweep = new StreamSweep(this, options.Clock);
    }

    internal SipTransportOptions Options { get; }

    /// <summary>Each listener's TLS, by its index.</summary>
    internal IReadOnlyList<TlsContext?> Tls { get; }

    internal StreamLimits Limits => Options.StreamLimits;

    internal StreamDeadlines Deadlines { get; }

    internal StreamCounters Counters { get; } = new();

    /// <summary>The connections that this process opens.</summary>
    internal StreamOpener Opener { get; }

    /// <summary>The connections.</summary>
    internal ICollection<StreamConnection> Connections => _connections.Values;

    /// <summary>How many connections are open.</summary>
    internal int Count => _admission.Open;

    /// <summary>How many connections wait for one thing.</summary>
    internal int CountIn(StreamPhase phase) => _connections.Values.Count(connection => connection.Phase == phase);

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
        _ = Add(socket, from, isAccepted: true).RunAsync();
    }

    /// <summary>Makes the connection for a socket that is to be connected; null when there are too many.</summary>
    internal StreamConnection? Open(in Peer to)
    {
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
        return Add(socket, to, isAccepted: false);
    }

    /// <summary>The connection with this id; null when it is gone.</summary>
    internal StreamConnection? Find(long id) => _connections.GetValueOrDefault(id);

    /// <summary>Brings a message to its lane; waits, and so stops reading the connection, while the lane's ring is full.</summary>
    internal async ValueTask DeliverAsync(StreamConnection connection, ParseResult message)
    {
        if (message.Malformed.IsFault && message.Message is not SipRequest)
        {
            Interlocked.Increment(ref Counters.Malformed);
            return;
        }

        Interlocked.Increment(ref Counters.Received);
        if (message.Message is SipRequest request)
        {
            Opener.Alias(connection, request);
        }

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
        if (frame.Malformed.IsFault)
        {
            Interlocked.Increment(ref Counters.Malformed);
        }

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

    /// <summary>A far end that is not to be spoken to.</summary>
    internal void OnRefused(TlsRefusal refusal)
    {
        Interlocked.Increment(ref Counters.TlsRefused);
        if (!_stopping.IsCancellationRequested)
        {
            Options.TlsRefused?.Invoke(refusal);
        }
    }

    /// <summary>An exception escaped from a connection's code.</summary>
    internal void Fault(Exception exception)
    {
        Interlocked.Increment(ref Counters.Faults);
        Options.Fault?.Invoke(exception);
    }

    internal void OnClosed(StreamConnection connection)
    {
        Peer farEnd = connection.FarEnd;
        _connections.TryRemove(farEnd.Connection, out _);
        if (_isFinishing && _connections.IsEmpty)
        {
            _allClosed.TrySetResult();
        }

        Opener.Forget(connection);
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

    private StreamConnection Add(Socket socket, in Peer farEnd, bool isAccepted)
    {
        Peer named = farEnd with { Connection = Interlocked.Increment(ref _lastId) };
        var connection = new StreamConnection(this, socket, named, isAccepted);
        _connections[named.Connection] = connection;
        if (_stopping.IsCancellationRequested)
        {
            connection.Dispose();
        }

        return connection;
    }
}
