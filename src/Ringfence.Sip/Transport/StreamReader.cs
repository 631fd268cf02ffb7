using System.Buffers;
using System.Net.Sockets;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The receiving side of a stream connection. It holds a buffer only while a message is under way, and lets it grow with what has
/// really come, never with what was announced.
/// </summary>
internal sealed class StreamReader(StreamConnection connection, Streams streams)
{
    private const int FirstBuffer = 4096;

    private readonly SipFramer _framer = new(streams.ParserLimits);
    private byte[]? _buffer;
    private int _length;

    /// <summary>Reads until the far end closes, a time-out closes, or nobody can tell any more what is read.</summary>
    internal async Task RunAsync()
    {
        using var operation = new SocketOperation();
        try
        {
            while (await FillAsync(operation).ConfigureAwait(false))
            {
                if (!await DeliverAllAsync().ConfigureAwait(false))
                {
                    await DiscardAsync(operation).ConfigureAwait(false);
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The transport stops; nobody waits for this message any more.
        }
        catch (Exception exception)
        {
            // A mistake of this program: it costs this connection, not the others.
            streams.Fault(exception);
        }
        finally
        {
            connection.Dispose();
            Release();
        }
    }

    private async ValueTask<bool> FillAsync(SocketOperation operation)
    {
        if (_length == 0)
        {
            Release();
            if (
                await operation.ReceiveAsync(connection.Socket, Memory<byte>.Empty).ConfigureAwait(false)
                != SocketError.Success
            )
            {
                return false;
            }
        }

        MakeRoom();
        SocketError error = await operation
            .ReceiveAsync(connection.Socket, _buffer.AsMemory(_length))
            .ConfigureAwait(false);
        if (error != SocketError.Success || operation.BytesTransferred == 0)
        {
            return false;
        }

        _length += operation.BytesTransferred;
        return true;
    }

    /// <summary>Takes every message that is complete; false when the stream cannot be followed any further.</summary>
    private async ValueTask<bool> DeliverAllAsync()
    {
        int at = 0;
        bool isNext = false;
        while (at < _length)
        {
            Frame frame = _framer.Read(_buffer.AsSpan(at, _length - at));
            if (frame.Status == FrameStatus.NeedMore)
            {
                break;
            }

            if (frame.Status == FrameStatus.Malformed)
            {
                streams.Reject(connection, frame);
                return false;
            }

            if (frame.Status == FrameStatus.Ping)
            {
                streams.Answer(connection);
            }
            else if (frame is { Status: FrameStatus.Message, Message: { } message })
            {
                await streams.DeliverAsync(connection, new ParseResult(message, frame.Malformed)).ConfigureAwait(false);
            }

            at += frame.Consumed;
            isNext = true;
        }

        _buffer.AsSpan(at, _length - at).CopyTo(_buffer);
        _length -= at;
        connection.Await(
            !_framer.IsInMessage ? StreamPhase.Idle
                : _framer.Needed > 0 ? StreamPhase.Body
                : StreamPhase.Header,
            isNext
        );
        return true;
    }

    /// <summary>
    /// Reads on without looking until the far end closes: closing with unread bytes would reset the connection, and the answer
    /// with it.
    /// </summary>
    private async ValueTask DiscardAsync(SocketOperation operation)
    {
        connection.Await(StreamPhase.Closing, true);
        do
        {
            _length = 0;
            MakeRoom();
        } while (
            await operation.ReceiveAsync(connection.Socket, _buffer).ConfigureAwait(false) == SocketError.Success
            && operation.BytesTransferred > 0
        );
    }

    private void MakeRoom()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(FirstBuffer);
        if (_length == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }

    private void Release()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
