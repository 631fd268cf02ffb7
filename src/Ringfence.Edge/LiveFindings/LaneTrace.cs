using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Observe;

namespace Ringfence.Edge.LiveFindings;

/// <summary>
/// Keeps the messages of some of a lane's calls, so many as there are slots for, without a lock and without allocating per message. A call that
/// finds no slot is not traced; one that is up for long gives its slot to a newer one.
/// </summary>
internal sealed class LaneTrace(Lane lane, LiveFindingsWorker worker) : IMessageTap
{
    private const int Slots = 64;
    private const int Tries = 4;

    /// <summary>ACKs and retransmissions of the end belong to the call as well.</summary>
    private const int Linger = 1_500;

    /// <summary>After so long a call is answered, or somebody lets it ring: others are to have their turn.</summary>
    private const int OldMs = 180_000;

    private readonly TraceSlot?[] _slots = new TraceSlot?[Slots];
    private readonly long[] _begun = new long[Slots];
    private readonly Dictionary<int, TraceSlot> _byCallId = new(Slots);
    private int _next;

    /// <inheritdoc/>
    public void OnMessage(in TappedMessage message)
    {
        ReadOnlySpan<byte> callId = CallIdField.Of(message.Bytes);
        int hash = Hash(callId);
        if (!_byCallId.TryGetValue(hash, out TraceSlot? slot))
        {
            if (!message.IsIncoming || !message.Bytes.StartsWith("INVITE "u8) || Free() is not { } free)
            {
                return;
            }

            if (!free.TryBegin(callId, hash))
            {
                return;
            }

            _byCallId.Add(hash, slot = free);
            _begun[slot.Index] = lane.Now;
        }

        if (slot.Holds(callId))
        {
            slot.Add(message);
        }
    }

    /// <summary>The call is over. What is on its way still belongs to it.</summary>
    internal void Close(string recordId, string callId)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (
            Encoding.UTF8.TryGetBytes(callId, bytes, out int written)
            && _byCallId.TryGetValue(Hash(bytes[..written]), out TraceSlot? slot)
            && slot.Holds(bytes[..written])
            && slot.RecordId is null
        )
        {
            slot.RecordId = recordId;
            lane.Timers.Arm(slot, Linger);
        }
    }

    internal void Over(TraceSlot slot)
    {
        if (!slot.IsOverfull && worker.HasRoom)
        {
            worker.Post(slot.Take());
        }

        Release(slot);
    }

    private TraceSlot? Free()
    {
        for (int i = 0; i < Tries; i++)
        {
            int at = _next;
            _next = (_next + 1) % Slots;
            TraceSlot slot = _slots[at] ??= new TraceSlot(this, at);
            if (slot.Hash is null)
            {
                return slot;
            }

            if (slot.RecordId is null && lane.Now - _begun[at] >= OldMs)
            {
                Release(slot);
                return slot;
            }
        }

        return null;
    }

    private void Release(TraceSlot slot)
    {
        _byCallId.Remove(slot.Hash!.Value);
        slot.Clear();
    }

    private static int Hash(ReadOnlySpan<byte> callId)
    {
        var hash = new HashCode();
        hash.AddBytes(callId);
        return hash.ToHashCode();
    }
}
