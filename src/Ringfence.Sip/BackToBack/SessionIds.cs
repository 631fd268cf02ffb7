using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// Session-ID end to end (RFC 7989 §7): each leg gets the UUIDs of both far ends, its own as remote. A far end that knows nothing of it
/// gets one from this side; the callee's is nil until it has spoken.
/// </summary>
internal sealed class SessionIds
{
    private const int Length = 32;
    private static readonly byte[] Nil = [.. Enumerable.Repeat((byte)'0', Length)];
    private readonly LaneRandom _random;
    private readonly byte[][] _ids;

    internal SessionIds(SipRequest invite, LaneRandom random)
    {
        _random = random;
        _ids = [Nil, Nil];
        Learn(Leg.Caller, invite);
    }

    /// <summary>Takes the UUID of a leg's far end from a message of it; true when it is another than before.</summary>
    internal bool Learn(Leg from, SipMessage message)
    {
        bool isSaid =
            SessionId.TryParse(message.Value(HeaderId.SessionId), out ReadOnlySpan<byte> local, out _)
            && !local.SequenceEqual(Nil);
        ref byte[] known = ref _ids[(int)from];
        if (isSaid ? local.SequenceEqual(known) : known != Nil)
        {
            return false;
        }

        known = isSaid ? local.ToArray() : Make();
        return true;
    }

    /// <summary>Another far end than before speaks on a leg.</summary>
    internal void Forget(Leg from) => _ids[(int)from] = Nil;

    /// <summary>The line for every message to a leg.</summary>
    internal HeaderField For(Leg to) =>
        new(
            HeaderId.SessionId,
            new byte[][] { _ids[1 - (int)to], ";remote="u8.ToArray(), _ids[(int)to] }
                .SelectMany(part => part)
                .ToArray()
        );

    /// <summary>A UUID of version 4 without hyphens (RFC 7989 §4.1).</summary>
    private byte[] Make()
    {
        Span<byte> bytes = stackalloc byte[Length / 2];
        _random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));
    }
}
