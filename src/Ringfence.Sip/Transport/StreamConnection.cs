using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>One TCP connection, whoever opened it.</summary>
internal sealed class StreamConnection : IDisposable
{
    private readonly Streams _streams;
    private readonly StreamWriter _writer;
    private long _deadline;
    private int _phase;
    private int _isClosed;
    private ulong _senders;

    internal StreamConnection(Streams streams, Socket socket, in Peer farEnd, bool isAccepted)
    {
        _streams = streams;
        Socket = socket;
        FarEnd = farEnd;
        IsAccepted = isAccepted;
        _writer = new StreamWriter(this, streams.Limits.WriteQueue);
        Await(isAccepted ? StreamPhase.FirstOctet : StreamPhase.Connecting, true);
    }

    internal Socket Socket { get; }

    /// <summary>The far end, with this connection's id.</summary>
    internal Peer FarEnd { get; }

    internal bool IsAccepted { get; }

    /// <summary>The lanes that have sent over it, a bit each: who is told when it breaks.</summary>
    internal ulong Senders => Volatile.Read(ref _senders);

    internal StreamPhase Phase => (StreamPhase)Volatile.Read(ref _phase);

    internal SendOutcome Write(int lane, ReadOnlySpan<byte> message)
    {
        Interlocked.Or(ref _senders, 1UL << lane);
        SendOutcome outcome = _writer.Write(message);
        if (outcome == SendOutcome.Sent && Phase == StreamPhase.Idle)
        {
            Await(StreamPhase.Idle, true);
        }

        return outcome;
    }

    /// <summary>Writes what the transport says by itself; no lane waits for it.</summary>
    internal void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

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

    /// <summary>The connection stands.</summary>
    internal void Start()
    {
        if (!IsAccepted)
        {
            Await(StreamPhase.Idle, true);
        }

        _writer.Start();
        _ = new StreamReader(this, _streams).RunAsync();
    }

    /// <summary>Sends what is queued, then closes.</summary>
    internal void Finish()
    {
        Await(StreamPhase.Closing, true);
        _writer.Finish();
    }

    internal void ShutdownSend()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already, which is what was wanted.
            Dispose();
        }
    }

    /// <summary>Closes at once and tells the lanes that sent over it. Any thread, any number of times.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Socket.Dispose();
            _writer.Dispose();
            _streams.OnClosed(this);
        }
    }
}
