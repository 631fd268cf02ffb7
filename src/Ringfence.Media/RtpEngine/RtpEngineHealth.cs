namespace Ringfence.Media.RtpEngine;

/// <summary>Knows whether rtpengine is there, by asking it now and then. Reading it costs nothing.</summary>
public sealed class RtpEngineHealth : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly RtpEngineClient _client;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _interval;
    private readonly Action<bool> _changed;
    private readonly Task _asking;
    private volatile bool _isThere;

    /// <summary>Asks at once and then at each interval.</summary>
    /// <param name="client">Whom it asks.</param>
    /// <param name="interval">How often.</param>
    /// <param name="clock">The time.</param>
    /// <param name="changed">Hears when it goes and when it comes back, and the first finding.</param>
    public RtpEngineHealth(RtpEngineClient client, TimeSpan interval, TimeProvider clock, Action<bool> changed)
    {
        _client = client;
        _interval = interval;
        _clock = clock;
        _changed = changed;
        _asking = AskAsync();
    }

    /// <summary>True when the last question was answered; false before the first answer.</summary>
    public bool IsThere => _isThere;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task AskAsync()
    {
        using PeriodicTimer timer = new(_interval, _clock);
        bool? last = null;
        try
        {
            do
            {
                RtpEngineReply reply = await _client.PingAsync(_end.Token).ConfigureAwait(false);
                _isThere = reply.IsDone;
                if (last != reply.IsDone)
                {
                    last = reply.IsDone;
                    _changed(reply.IsDone);
                }
            } while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _isThere = false;
        }
    }
}
