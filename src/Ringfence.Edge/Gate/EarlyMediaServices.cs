using Microsoft.Extensions.Logging;

namespace Ringfence.Edge.Gate;

/// <summary>What the lanes share for early media.</summary>
internal sealed class EarlyMediaServices(ILogger log) : IAsyncDisposable
{
    /// <summary>Counts.</summary>
    internal EarlyMediaMeters Meters { get; } = new();

    /// <summary>How many early calls each source has.</summary>
    internal EarlySources Sources { get; } = new();

    /// <summary>Writes recordings off the calls' path.</summary>
    internal RecordingWriter Recordings { get; } = new(log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Recordings.DisposeAsync().ConfigureAwait(false);
        Meters.Dispose();
    }
}
