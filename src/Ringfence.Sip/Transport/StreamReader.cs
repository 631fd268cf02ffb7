using System.Buffers;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The receiving side of a stream connection. It holds a buffer only while a message is under way, and lets it grow with what has
/// really come, never with what was announced.
/// </summary>
internal sealed class StreamReader(StreamConnection connection, Streams streams, IStreamFraming framing)
{
    private const int FirstBuffer = 4096;

    private readonly IStreamChannel _channel = connection.Channel;
    private byte[]? _buffer;
    private int _length;

    /// <summary>Reads until the far end closes, a time-out closes, or nobody can tell any more what is read.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (await FillAsync().ConfigureAwait(false))
            {
                if (!await DeliverAllAsync().ConfigureAwait(false))
                {
                    await DiscardAsync().ConfigureAwait(false);
                    break;
                }
            }
        }
        finally
        {
            Release();
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_length == 0)
        {
            Release();
            if (!await _channel.WaitAsync().ConfigureAwait(false))
            {
                return false;
            }
        }

        MakeRoom();
        int received = await _channel.ReceiveAsync(_buffer.AsMemory(_length)).ConfigureAwait(false);
        _length += received;
        return received > 0;
    }

    /// <summary>Takes every message that is complete; false when the stream cannot be followed any further.</summary>
    private async ValueTask<bool> DeliverAllAsync()
    {
        int at = 0;
        bool isNext = false;
        while (at < _length)
        {
            Frame frame = framing.Read(_buffer.AsSpan(at, _length - at));
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
            else if (frame.Status == FrameStatus.Pong)
            {
                connection.OnPong();
            }
            else if (frame is { Status: FrameStatus.Message, Message: { } message })
            {
                await streams.DeliverAsync(connection, new ParseResult(message, frame.Malformed)).ConfigureAwait(false);
            }

            at += frame.Consumed;
            isNext |= framing.Phase == StreamPhase.Idle;
        }

        _buffer.AsSpan(at, _length - at).CopyTo(_buffer);
        _length -= at;
        connection.Await(framing.Phase, isNext);
        return true;
    }

    /// <summary>
    /// Reads on without looking until the far end closes: closing with unread bytes would reset the connection, and the answer
    /// with it.
    /// </summary>
    private async ValueTask DiscardAsync()
    {
        connection.Await(StreamPhase.Closing, true);
        do
        {
            _length = 0;
            MakeRoom();
        } while (await _channel.ReceiveAsync(_buffer).ConfigureAwait(false) > 0);
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
