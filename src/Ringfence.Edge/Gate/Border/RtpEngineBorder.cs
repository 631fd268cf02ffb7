using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Gate.Border;

/// <summary>rtpengine as the border: ICE and DTLS-SRTP end there, and plain RTP comes from there.</summary>
internal sealed class RtpEngineBorder : IMediaBorder
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, byte> _standing = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RtpEngineClient _client;
    private readonly RtpEngineHealth _health;
    private readonly ILogger _log;
    private volatile bool _isAway;

    /// <summary>Deletions under way, and one for the border itself.</summary>
    private int _pending = 1;

    internal RtpEngineBorder(IPEndPoint address, ILogger log, TimeProvider clock)
    {
        _log = log;
        _client = new RtpEngineClient(
            address,
            new RtpEngineOptions(),
            clock,
            new Random(RandomNumberGenerator.GetInt32(int.MaxValue))
        );
        _health = new RtpEngineHealth(_client, Interval, clock, isThere => Changed(address, isThere));
    }

    /// <inheritdoc/>
    public bool IsAway => _isAway;

    /// <inheritdoc/>
    public IPAddress Local => _client.LocalAddress;

    /// <inheritdoc/>
    public void Offer(Lane lane, RtpEngineLeg leg, string sdp, RtpEngineSide towards, Action<RtpEngineReply> replied)
    {
        _standing.TryAdd(leg.CallId, 0);
        Ask(lane, () => _client.OfferAsync(leg, sdp, towards), replied);
    }

    /// <inheritdoc/>
    public void Answer(
        Lane lane,
        RtpEngineLeg leg,
        string sdp,
        RtpEngineSide towards,
        Action<RtpEngineReply> replied
    ) => Ask(lane, () => _client.AnswerAsync(leg, sdp, towards), replied);

    /// <inheritdoc/>
    public void Delete(string call)
    {
        if (_standing.TryRemove(call, out _))
        {
            Interlocked.Increment(ref _pending);
            _ = Task.Run(() => DeleteAsync(call));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (string call in _standing.Keys)
        {
            Delete(call);
        }

        Done();
        // Each deletion has the client's deadline.
        await _idle.Task.ConfigureAwait(false);
        await _health.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private static void Ask(Lane lane, Func<Task<RtpEngineReply>> request, Action<RtpEngineReply> replied) =>
        _ = Task.Run(async () =>
        {
            RtpEngineReply reply = await request().ConfigureAwait(false);
            await lane.PostAsync(new OnLane(() => replied(reply))).ConfigureAwait(false);
        });

    private async Task DeleteAsync(string call)
    {
        RtpEngineReply reply = await _client.DeleteAsync(new RtpEngineLeg(call, FromTag: null)).ConfigureAwait(false);
        if (!reply.IsDone)
        {
            BorderLog.NotDeleted(_log, call, reply.Fault, reply.Reason);
        }

        Done();
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
        {
            _idle.TrySetResult();
        }
    }

    private void Changed(IPEndPoint address, bool isThere)
    {
        _isAway = !isThere;
        if (isThere)
        {
            BorderLog.There(_log, address);
        }
        else
        {
            BorderLog.Away(_log, address);
        }
    }
}
