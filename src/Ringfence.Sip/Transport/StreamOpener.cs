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
        StreamConnection? connection = to.Connection != 0 ? streams.Find(to.Connection) : FindOrOpen(to);
        SendOutcome outcome = connection?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute;
        if (outcome == SendOutcome.NoRoute && connection is not null && to.Connection == 0)
        {
            // The one that was open is closing: what did not ask for it by name gets a new one.
            Forget(connection);
            outcome = FindOrOpen(to)?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute;
        }

        Count(outcome);
        return outcome;
    }

    /// <summary>The connection is closed or closing: it is not used again.</summary>
    internal void Forget(StreamConnection connection) =>
        _opened.TryRemove(KeyValuePair.Create((connection.FarEnd.Address, connection.FarEnd.Port), connection));

    private StreamConnection? FindOrOpen(in Peer to)
    {
        if (_opened.TryGetValue((to.Address, to.Port), out StreamConnection? present))
        {
            return present;
        }

        lock (_opening)
        {
            if (_opened.TryGetValue((to.Address, to.Port), out present))
            {
                return present;
            }

            StreamConnection? opened = streams.Open(to);
            if (opened is not null)
            {
                _opened[(to.Address, to.Port)] = opened;
                _ = ConnectAsync(opened);
            }

            return opened;
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

    private void Count(SendOutcome outcome)
    {
        if (outcome == SendOutcome.Sent)
        {
            Interlocked.Increment(ref streams.Counters.Sent);
        }
        else if (outcome == SendOutcome.QueueFull)
        {
            Interlocked.Increment(ref streams.Counters.QueueFull);
        }
    }
}
