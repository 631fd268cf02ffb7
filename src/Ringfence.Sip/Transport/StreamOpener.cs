using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>
/// Sends over streams: on the connection that is named, else on the one that was opened to that address and port, else on a new
/// one, opened without holding up the lane (RFC 3261 §18).
/// </summary>
internal sealed class StreamOpener(Streams streams)
{
    private readonly ConcurrentDictionary<(UInt128 Address, ushort Port), StreamConnection> _opened = new();
    private readonly Lock _opening = new();

    /// <summary>On a lane's thread.</summary>
    internal SendOutcome Send(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message)
    {
        SendOutcome outcome =
            to.Connection != 0
                ? streams.Find(to.Connection)?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute
                : SendUnnamed(lane, to, message);
        if (outcome == SendOutcome.Sent)
        {
            Interlocked.Increment(ref streams.Counters.Sent);
        }
        else if (outcome == SendOutcome.QueueFull)
        {
            Interlocked.Increment(ref streams.Counters.QueueFull);
        }

        return outcome;
    }

    /// <summary>The connection is closed or closing: it is not used again.</summary>
    internal void Forget(StreamConnection connection) =>
        _opened.TryRemove(KeyValuePair.Create((connection.FarEnd.Address, connection.FarEnd.Port), connection));

    private SendOutcome SendUnnamed(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message)
    {
        SendOutcome outcome = SendOpened(lane, to, message);
        if (outcome != SendOutcome.NoRoute)
        {
            return outcome;
        }

        lock (_opening)
        {
            // Another lane may have been here first.
            outcome = SendOpened(lane, to, message);
            if (outcome != SendOutcome.NoRoute || streams.Open(to) is not { } opened)
            {
                return outcome;
            }

            // Queued before the attempt begins, so that its failure, however quick, is told to this lane.
            _opened[(to.Address, to.Port)] = opened;
            outcome = opened.Write(lane.Lane.Index, message);
            _ = ConnectAsync(opened);
            return outcome;
        }
    }

    /// <summary>NoRoute when there is no connection to that address and port, or it is closing.</summary>
    private SendOutcome SendOpened(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message) =>
        _opened.TryGetValue((to.Address, to.Port), out StreamConnection? present)
            ? present.Write(lane.Lane.Index, message)
            : SendOutcome.NoRoute;

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
}
