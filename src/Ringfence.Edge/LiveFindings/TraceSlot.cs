using Ringfence.Sip.Observe;
using Ringfence.Sip.Time;

namespace Ringfence.Edge.LiveFindings;

/// <summary>Room for the messages of one call; made once and used for one call after the other.</summary>
internal sealed class TraceSlot(LaneTrace owner, int index) : TimerEntry
{
    private const int MaxMessages = 64;
    private const int MaxBytes = 48 * 1_024;
    private const int LongestCallId = 256;

    private readonly TracedMessage[] _messages = new TracedMessage[MaxMessages];
    private readonly byte[] _bytes = new byte[MaxBytes];
    private readonly byte[] _callId = new byte[LongestCallId];
    private int _callIdLength;
    private int _count;
    private int _used;

    internal int Index => index;

    /// <summary>The hash under which the slot is found; null while it is free.</summary>
    internal int? Hash { get; private set; }

    /// <summary>Whether more came than there is room for: nothing could be said of such a call.</summary>
    internal bool IsOverfull { get; private set; }

    /// <summary>The call's id in records, once it is over.</summary>
    internal string? RecordId { get; set; }

    internal bool TryBegin(ReadOnlySpan<byte> callId, int hash)
    {
        if (callId.Length > LongestCallId)
        {
            return false;
        }

        callId.CopyTo(_callId);
        _callIdLength = callId.Length;
        Hash = hash;
        return true;
    }

    internal bool Holds(ReadOnlySpan<byte> callId) => callId.SequenceEqual(_callId.AsSpan(0, _callIdLength));

    internal void Add(in TappedMessage message)
    {
        if (_count == MaxMessages || message.Bytes.Length > MaxBytes - _used)
        {
            IsOverfull = true;
            return;
        }

        message.Bytes.CopyTo(_bytes.AsSpan(_used));
        _messages[_count++] = new TracedMessage(
            _used,
            message.Bytes.Length,
            message.Time.UtcTicks,
            message.IsIncoming ? message.Remote : message.Local,
            message.IsIncoming ? message.Local : message.Remote
        );
        _used += message.Bytes.Length;
    }

    internal TracedCall Take() => new(RecordId!, _messages[.._count], _bytes[.._used]);

    internal void Clear()
    {
        (Hash, RecordId, IsOverfull) = (null, null, false);
        (_count, _used, _callIdLength) = (0, 0, 0);
    }

    /// <inheritdoc/>
    protected override void OnDue(long now) => owner.Over(this);
}
