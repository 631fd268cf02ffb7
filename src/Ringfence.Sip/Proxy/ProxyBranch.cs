using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>One target that an INVITE was forwarded to, with its timer C (RFC 3261 §16.6 item 11, §16.8).</summary>
internal sealed class ProxyBranch(ProxiedCall call, ProxyTarget target, int breadth) : TimerEntry, IClientUser
{
    private const int MaxTags = 32;
    private ClientTransaction? _client;
    private bool _isTimedOut;
    private bool _hasProgressed;
    private readonly List<byte[]> _earlyTags = [];
    private long _ringUntil = long.MaxValue;
    private long _silentUntil = long.MaxValue;

    /// <summary>Where it goes, and with what.</summary>
    internal ProxyTarget Target => target;

    /// <summary>How many branches it may split into further on (RFC 5393 §5.3).</summary>
    internal int Breadth => breadth;

    /// <summary>The address and transport that it was sent by.</summary>
    internal Peer Way { get; set; }

    /// <summary>True to send it by the target's own transport, however long it is.</summary>
    internal bool IsAsTargeted { get; init; }

    /// <summary>True to send it under the next CSeq number: it was sent before without credentials (RFC 3261 §22.2).</summary>
    internal bool IsShifted { get; init; }

    /// <summary>What answers a challenge; null until the first one.</summary>
    internal DigestExchange? Exchange { get; set; }

    /// <summary>The credentials that it is sent with.</summary>
    internal HeaderField? Credentials { get; set; }

    /// <summary>True until its final response, or until that is no longer waited for.</summary>
    internal bool IsPending { get; private set; } = true;

    internal void Begin(ClientTransaction client, ForwardOptions options)
    {
        _client = client;
        long now = client.Layer.Lane.Now;
        _ringUntil = options.RingTimeout > 0 ? now + options.RingTimeout : long.MaxValue;
        bool mayFailOver = options.FailoverAfter > 0 && target.Others is { Count: > 0 };
        _silentUntil = mayFailOver ? now + options.FailoverAfter : long.MaxValue;
        Arm();
    }

    /// <summary>Credentials in answer to a challenge of its own target (RFC 3261 §22.3); null when it has none, or none left.</summary>
    internal HeaderField? TryAnswer(SipResponse challenge, SipRequest request)
    {
        ReadOnlySpan<byte> uri = target.RequestUri.IsEmpty ? request.RequestUri : target.RequestUri.Span;
        return Exchange?.TryAnswer(Way, challenge, "INVITE"u8, uri, request.Body, out DigestHeader header) == true
            ? new HeaderField(header.Id, header.Value)
            : null;
    }

    /// <summary>Takes it back (§16.7 item 10); it stays pending until its final response.</summary>
    internal void Cancel(ReadOnlySpan<byte> reason)
    {
        if (IsPending)
        {
            _client!.Cancel(reason);
        }
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (_silentUntil != long.MaxValue)
        {
            _silentUntil = long.MaxValue;
            Arm();
        }

        if (response.StatusCode is > 100 and < 200)
        {
            _hasProgressed = true;
            KeepTag(response);
            Arm();
            call.OnProgress(this, response);
        }
        else if (response.StatusCode is >= 200 and < 300)
        {
            Settle();
            call.OnSuccess(response);
        }
        else if (response.StatusCode >= 300 && IsPending)
        {
            // A 487 to the CANCEL that the time-out sent stands for no answer.
            Settle();
            bool isOwnEffect = _isTimedOut && response.StatusCode == 487;
            call.OnFailure(this, isOwnEffect ? 408 : response.StatusCode, isOwnEffect ? null : response);
            call.OnDialogsOver(_earlyTags, response.StatusCode);
        }
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode)
    {
        if (IsPending)
        {
            Settle();
            call.OnFailure(this, statusCode, null);
            call.OnDialogsOver(_earlyTags, statusCode);
        }
    }

    void IClientUser.OnTerminated(ClientTransaction transaction) => call.OnTransactionOver();

    /// <summary>Timer C, or the owner's patience: CANCEL what has rung; what has not is taken for 408 at once (§16.8).</summary>
    protected internal override void OnDue(long now)
    {
        _isTimedOut = true;
        _client!.Cancel(default);
        if (!_hasProgressed && IsPending)
        {
            Settle();
            call.OnFailure(this, 408, null);
        }
    }

    /// <summary>The early dialogs that the caller knows of this branch; their end is told with 199 (RFC 6228 §5).</summary>
    private void KeepTag(SipResponse response)
    {
        byte[] tag = Tags.To(response).ToArray();
        if (response.StatusCode == 199)
        {
            _earlyTags.RemoveAll(known => known.AsSpan().SequenceEqual(tag));
        }
        else if (
            tag.Length > 0
            && _earlyTags.Count < MaxTags
            && !_earlyTags.Exists(known => known.AsSpan().SequenceEqual(tag))
        )
        {
            _earlyTags.Add(tag);
        }
    }

    private void Settle()
    {
        IsPending = false;
        _client!.Layer.Lane.Timers.Disarm(this);
    }

    private void Arm()
    {
        if (IsPending && !_isTimedOut)
        {
            TransactionLayer layer = _client!.Layer;
            layer.Lane.Timers.Arm(
                this,
                Math.Max(1, Math.Min(layer.Timers.C, Math.Min(_ringUntil, _silentUntil) - layer.Lane.Now))
            );
        }
    }
}
