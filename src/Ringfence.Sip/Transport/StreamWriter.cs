using System.Buffers;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The sending side of a stream connection. What is written is copied to a bounded queue; the first writer's thread sends it, without
/// blocking, and whatever does not fit is sent as the far end reads. Any thread.
/// </summary>
internal sealed class StreamWriter(StreamConnection connection) : IDisposable
{
    private readonly Lock _lock = new();
    private byte[]? _queued;
    private int _length;
    private bool _isSending = true;
    private bool _isFinished;

    /// <summary>True while something is queued or being sent.</summary>
    internal bool IsSending => Volatile.Read(ref _isSending);

    /// <summary>Queues a message whole or not at all. The queue holds what is written before the connection stands.</summary>
    /// <param name="frame">What stands before the message: a frame header, or nothing.</param>
    /// <param name="message">The message.</param>
    /// <param name="limit">Bytes that may wait, these included.</param>
    internal SendOutcome Write(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> message, int limit)
    {
        lock (_lock)
        {
            if (_isFinished)
            {
                return SendOutcome.NoRoute;
            }

            if (_length + frame.Length + message.Length > limit)
            {
                return SendOutcome.QueueFull;
            }

            Append(frame);
            Append(message);
            if (_isSending)
            {
                return SendOutcome.Sent;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
        return SendOutcome.Sent;
    }

    /// <summary>The connection stands: sends what has been queued until now.</summary>
    internal void Start() => _ = SendAllAsync();

    /// <summary>Takes nothing more; once everything is sent, tells the far end so.</summary>
    internal void Finish()
    {
        lock (_lock)
        {
            _isFinished = true;
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
    }

    /// <summary>The connection is gone: takes nothing more and forgets what is queued.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isFinished = true;
            Release(_queued);
            _queued = null;
            _length = 0;
        }
    }

    private void Append(ReadOnlySpan<byte> message)
    {
        _queued ??= ArrayPool<byte>.Shared.Rent(Math.Max(message.Length, 2048));
        if (_queued.Length < _length + message.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_queued.Length * 2, _length + message.Length));
            _queued.AsSpan(0, _length).CopyTo(larger);
            Release(_queued);
            _queued = larger;
        }

        message.CopyTo(_queued.AsSpan(_length));
        _length += message.Length;
    }

    private async Task SendAllAsync()
    {
        while (Take(out int length) is { } bytes)
        {
            bool isSent = await connection.Channel.SendAsync(bytes.AsMemory(0, length)).ConfigureAwait(false);
            Release(bytes);
            if (!isSent)
            {
                connection.Dispose();
                return;
            }
        }

        if (Volatile.Read(ref _isFinished) && !await connection.Channel.EndAsync().ConfigureAwait(false))
        {
            connection.Dispose();
        }
    }

    /// <summary>
    /// Everything queued, to be sent by the caller; null when there is nothing, and then nobody is sending any more unless this was the
    /// last.
    /// </summary>
    private byte[]? Take(out int length)
    {
        lock (_lock)
        {
            byte[]? taken = _queued;
            length = _length;
            _queued = null;
            _length = 0;
            _isSending = taken is not null || _isFinished;
            return taken;
        }
    }

    private static void Release(byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
