using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;

namespace Ringfence.Edge.Gate;

/// <summary>Writes finished recordings to disk, one after another: no call and no RTP packet waits for a disk.</summary>
internal sealed class RecordingWriter : IAsyncDisposable
{
    /// <summary>Recordings that may wait; more are dropped, for each may hold two megabytes.</summary>
    private const int MostWaiting = 64;

    private readonly Channel<(string File, byte[] Content)> _waiting = Channel.CreateBounded<(string, byte[])>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly ILogger _log;
    private readonly Task _writing;

    internal RecordingWriter(ILogger log)
    {
        _log = log;
        _writing = WriteAsync();
    }

    /// <summary>Takes a recording, whole.</summary>
    internal void Add(string file, byte[] content)
    {
        if (!_waiting.Writer.TryWrite((file, content)))
        {
            EarlyMediaLog.RecordingNotWritten(_log, file, "too many wait for the disk");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        await foreach ((string file, byte[] content) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, content).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                EarlyMediaLog.RecordingNotWritten(_log, file, e.Message);
            }
        }
    }
}
