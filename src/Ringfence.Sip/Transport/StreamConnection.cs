using System.Net.Sockets;
using System.Text.Unicode;
using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Transport;

/// <summary>One connection over TCP, whoever opened it and whatever is spoken over it.</summary>
internal sealed class StreamConnection : IDisposable
{
    /// <summary>Bytes that may wait before the transport's own words are left out.</summary>
    private const int OwnQueue = 8 * 1024;

    /// <summary>How long a flow is held that no message is sent over: whoever was called once does not stay for ever.</summary>
    private static readonly TimeSpan HeldUnused = TimeSpan.FromHours(2);

    private readonly Streams _streams;
    private readonly StreamWriter _writer;
    private long _deadline;
    private long _holdUntil;
    private int _phase;
    private int _isClosed;
    private int _isCloseSent;
    private ulong _senders;
    private IStreamChannel? _channel;
    private FlowKeepAlive? _keepAlive;

    internal StreamConnection(Streams streams, Socket socket, in Peer farEnd, bool isAccepted)
    {
        _streams = streams;
        Socket = socket;
        FarEnd = farEnd;
        IsAccepted = isAccepted;
        _writer = new StreamWriter(this);
        Await(isAccepted ? StreamPhase.FirstOctet : StreamPhase.Connecting, true);
    }

    internal Socket Socket { get; }

    /// <summary>The far end, with this connection's id.</summary>
    internal Peer FarEnd { get; private set; }

    /// <summary>Its bytes, once it stands.</summary>
    internal IStreamChannel Channel => _channel!;

    /// <summary>Where else requests to its peer would go that may take this connection (RFC 5923); null for nowhere. Its reader's own.</summary>
    internal Peer? Alias { get; set; }

    /// <summary>The SIP domain that the far end has proved to be; set before anything is received.</summary>
    internal string? Domain
    {
        set => FarEnd = FarEnd with { Domain = value };
    }

    internal bool IsAccepted { get; }

    /// <summary>The lanes that have sent over it, a bit each: who is told when it breaks.</summary>
    internal ulong Senders => Volatile.Read(ref _senders);

    internal StreamPhase Phase => (StreamPhase)Volatile.Read(ref _phase);

    internal SendOutcome Write(int lane, ReadOnlySpan<byte> message)
    {
        Interlocked.Or(ref _senders, 1UL << lane);
        Volatile.Write(ref _holdUntil, _streams.Deadlines.After(HeldUnused));
        SendOutcome outcome = Write(message, _streams.Limits.WriteQueue);
        if (outcome == SendOutcome.Sent && Phase == StreamPhase.Idle)
        {
            Await(StreamPhase.Idle, true);
        }

        return outcome;
    }

    /// <summary>Writes what the transport says by itself; no lane waits for it, and a far end that does not read gets none of it.</summary>
    internal void Write(ReadOnlySpan<byte> message) => Write(message, OwnQueue);

    /// <summary>Writes a WebSocket control frame.</summary>
    internal void Answer(WebSocketOpcode opcode, ReadOnlySpan<byte> payload) => WriteFrame(opcode, payload, OwnQueue);

    /// <summary>Says once, to a WebSocket client, why the connection ends.</summary>
    internal void Close(WebSocketClose code)
    {
        if (FarEnd.IsWebSocket && Interlocked.Exchange(ref _isCloseSent, 1) == 0)
        {
            WriteFrame(WebSocketOpcode.Close, [(byte)((int)code >> 8), (byte)code], int.MaxValue);
        }
    }

    /// <summary>Holds the flow open from now on, by pings that the far end is known to answer; zero for no longer.</summary>
    internal void KeepAlive(TimeSpan period) =>
        _keepAlive = period > TimeSpan.Zero ? new FlowKeepAlive(_streams.Deadlines, period, isAnswered: true) : null;

    /// <summary>True while something that was written has not gone out.</summary>
    internal bool IsSending => _writer.IsSending;

    /// <summary>An answer to a ping has come.</summary>
    internal void OnPong() => _keepAlive?.OnAnswer();

    /// <summary>Pings when it is time; false when the last ping was not answered.</summary>
    internal bool Ping(long now, LaneRandom random)
    {
        if (_keepAlive is not { } flow || Phase < StreamPhase.Idle || now > Volatile.Read(ref _holdUntil))
        {
            return true;
        }

        if (flow.HasFailed(now))
        {
            return false;
        }

        if (flow.IsDue(now, random))
        {
            Ping();
        }

        return true;
    }

    private void Ping()
    {
        if (FarEnd.IsWebSocket)
        {
            Answer(WebSocketOpcode.Ping, default);
        }
        else
        {
            Write("\r\n\r\n"u8);
        }
    }

    /// <summary>Says what it waits for. The time-out begins anew when that changes, or when <paramref name="isNew"/>.</summary>
    internal void Await(StreamPhase phase, bool isNew)
    {
        if (isNew || Phase != phase)
        {
            Volatile.Write(ref _deadline, _streams.Deadlines.Of(phase));
            Volatile.Write(ref _phase, (int)phase);
        }
    }

    internal bool IsOverdue(long now) => now > Volatile.Read(ref _deadline);

    /// <summary>TCP stands: goes on with what comes above it, until the connection ends.</summary>
    internal async Task RunAsync()
    {
        try
        {
            if (await new StreamPrelude(this, _streams).RunAsync().ConfigureAwait(false))
            {
                Await(IsAccepted ? StreamPhase.FirstOctet : StreamPhase.Idle, true);
                _keepAlive ??= FlowKeepAlive.Of(this, _streams);
                _writer.Start();
                using IStreamFraming framing = FarEnd.IsWebSocket
                    ? new WebSocketFraming(this, _streams.Options.ParserLimits)
                    : new SipFraming(_streams.Options.ParserLimits);
                await new StreamReader(this, _streams, framing).RunAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The transport stops; nobody waits for what is read any more.
        }
        catch (Exception exception)
        {
            // A mistake of this program: it costs this connection, not the others.
            _streams.Fault(exception);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Takes the bytes' channel; false when the connection was closed meanwhile.</summary>
    internal bool Attach(IStreamChannel channel)
    {
        _channel = channel;
        if (Volatile.Read(ref _isClosed) == 0)
        {
            return true;
        }

        channel.Dispose();
        return false;
    }

    /// <summary>Sends what is queued, then closes.</summary>
    internal void Finish()
    {
        Await(StreamPhase.Closing, true);
        Close(WebSocketClose.GoingAway);
        _writer.Finish();
    }

    /// <summary>Closes at once and tells the lanes that sent over it. Any thread, any number of times.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Socket.Dispose();
            _channel?.Dispose();
            _writer.Dispose();
            _streams.OnClosed(this);
        }
    }

    private SendOutcome Write(ReadOnlySpan<byte> message, int limit) =>
        !FarEnd.IsWebSocket
            ? _writer.Write(default, message, limit)
            : WriteFrame(Utf8.IsValid(message) ? WebSocketOpcode.Text : WebSocketOpcode.Binary, message, limit);

    private SendOutcome WriteFrame(WebSocketOpcode opcode, ReadOnlySpan<byte> payload, int limit)
    {
        Span<byte> header = stackalloc byte[WebSocketHeader.Largest];
        return _writer.Write(header[..WebSocketHeader.Write(header, opcode, payload.Length)], payload, limit);
    }
}
