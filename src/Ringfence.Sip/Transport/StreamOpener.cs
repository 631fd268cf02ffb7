using System.Collections.Concurrent;
using System.Net.Sockets;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// Sends over streams: on the connection that is named, else on the one that was opened to that address and port, else on a new
/// one, opened without holding up the lane (RFC 3261 §18). A browser cannot be called back: nobody opens a WebSocket to it (RFC 7118).
/// </summary>
internal sealed class StreamOpener(Streams streams)
{
    private readonly ConcurrentDictionary<
        (TransportKind Kind, UInt128 Address, ushort Port, string? Domain),
        StreamConnection
    > _opened = new();
    private readonly Lock _opening = new();

    /// <summary>On a lane's thread.</summary>
    internal SendOutcome Send(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message)
    {
        SendOutcome outcome =
            to.Connection != 0
                ? Find(to)?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute
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

    /// <summary>
    /// Takes a connection that its peer has opened for requests to that peer too, when he asks for it by "alias" and has proved which domain
    /// he is (RFC 5923 §8.2): for his address, the port that he advertises, and that domain.
    /// </summary>
    internal void Alias(StreamConnection connection, SipRequest request)
    {
        if (
            connection is not { IsAccepted: true, Alias: null, FarEnd: { Kind: TransportKind.Tls, Domain: not null } }
            || !ReplyRoute.TryTop(request, out Via via)
            || !Parameters.TryGet(via.ParametersText, "alias"u8, out _)
        )
        {
            return;
        }

        Peer advertised = ReplyRoute.Reopened(connection.FarEnd, request);
        connection.Alias = advertised;
        _opened.TryAdd(Key(advertised), connection);
    }

    /// <summary>The connection is closed or closing: it is not used again.</summary>
    internal void Forget(StreamConnection connection)
    {
        _opened.TryRemove(KeyValuePair.Create(Key(connection.FarEnd), connection));
        if (connection.Alias is { } alias)
        {
            _opened.TryRemove(KeyValuePair.Create(Key(alias), connection));
        }
    }

    /// <summary>The connection that is named, else the one opened to that address and port, for that domain; null for none.</summary>
    internal StreamConnection? Find(in Peer to) =>
        to.Connection != 0 ? streams.Find(to.Connection) : _opened.GetValueOrDefault(Key(to));

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
            if (outcome != SendOutcome.NoRoute || to.IsWebSocket || streams.Open(to) is not { } opened)
            {
                return outcome;
            }

            // Queued before the attempt begins, so that its failure, however quick, is told to this lane.
            _opened[Key(to)] = opened;
            outcome = opened.Write(lane.Lane.Index, message);
            _ = ConnectAsync(opened);
            return outcome;
        }
    }

    /// <summary>NoRoute when there is no connection to that address and port, or it is closing.</summary>
    private SendOutcome SendOpened(LaneDispatch lane, in Peer to, ReadOnlySpan<byte> message) =>
        Find(to)?.Write(lane.Lane.Index, message) ?? SendOutcome.NoRoute;

    private static (TransportKind Kind, UInt128 Address, ushort Port, string? Domain) Key(in Peer to) =>
        (to.Kind, to.Address, to.Port, to.Domain?.ToLowerInvariant());

    private static async Task ConnectAsync(StreamConnection connection)
    {
        using var operation = new SocketOperation();
        SocketError error = await operation
            .ConnectAsync(connection.Socket, connection.FarEnd.ToEndPoint())
            .ConfigureAwait(false);
        if (error == SocketError.Success)
        {
            _ = connection.RunAsync();
        }
        else
        {
            connection.Dispose();
        }
    }
}
