using System.Buffers;

namespace Ringfence.Sip.Transport;

/// <summary>What happens on a connection before its first message: the TLS handshake, and the WebSocket request.</summary>
internal sealed class StreamPrelude(StreamConnection connection, Streams streams)
{
    /// <summary>Runs it; false when the connection is not to be read.</summary>
    internal async Task<bool> RunAsync()
    {
        if (await OpenChannelAsync().ConfigureAwait(false) is not { } channel || !connection.Attach(channel))
        {
            return false;
        }

        return !connection.FarEnd.IsWebSocket || await UpgradeAsync(channel).ConfigureAwait(false);
    }

    private async Task<IStreamChannel?> OpenChannelAsync()
    {
        if (!connection.FarEnd.IsSecure)
        {
            return new SocketChannel(connection.Socket);
        }

        connection.Await(StreamPhase.Handshake, true);
        var handshake = new TlsHandshake(streams.Tls[connection.FarEnd.Listener]!, connection.FarEnd);
        TlsChannel? channel = await handshake.RunAsync(connection.Socket, connection.IsAccepted).ConfigureAwait(false);
        if (channel is null)
        {
            streams.OnRefused(new TlsRefusal(connection.FarEnd, handshake.Fault, handshake.Detail));
            return null;
        }

        connection.Domain = handshake.Domain;
        return channel;
    }

    private async Task<bool> UpgradeAsync(IStreamChannel channel)
    {
        connection.Await(StreamPhase.Upgrade, true);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(WebSocketUpgrade.LargestRequest);
        try
        {
            int length = await ReadRequestAsync(channel, buffer.AsMemory(0, WebSocketUpgrade.LargestRequest))
                .ConfigureAwait(false);
            if (length == 0)
            {
                return false;
            }

            // Nothing may follow the request before it is answered (RFC 6455 §4.1).
            bool isAccepted = false;
            byte[] answer =
                buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) == length - 4
                    ? WebSocketUpgrade.Answer(
                        buffer.AsSpan(0, length),
                        streams.Options.WebSocketOrigins,
                        out isAccepted
                    )
                    : WebSocketUpgrade.BadRequestAnswer();
            if (await channel.SendAsync(answer).ConfigureAwait(false) && isAccepted)
            {
                return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Interlocked.Increment(ref streams.Counters.UpgradesRefused);
        await channel.EndAsync().ConfigureAwait(false);
        return false;
    }

    /// <summary>Reads to the empty line, or until the room is full; 0 when the connection has ended.</summary>
    private static async ValueTask<int> ReadRequestAsync(IStreamChannel channel, Memory<byte> room)
    {
        int length = 0;
        while (length < room.Length)
        {
            int received = await channel.ReceiveAsync(room[length..]).ConfigureAwait(false);
            if (received == 0)
            {
                return 0;
            }

            int looked = Math.Max(0, length - 3);
            length += received;
            if (room.Span[looked..length].IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        return length;
    }
}
