using System.Text;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// A lane's proxied calls that were answered, until their BYE goes by: how long the two talked, and whether the callee ended the
/// call with 607. Bounded: the longest talking make room.
/// </summary>
internal sealed class TalkingCalls(Lane lane)
{
    private const int Capacity = 20_000;

    private readonly Dictionary<string, Talk> _calls = new(StringComparer.Ordinal);
    private readonly Queue<(string CallId, Talk Talk)> _order = new();

    /// <summary>Calls that are waited for.</summary>
    internal int Count => _calls.Count;

    internal void Answered(SipRequest invite, CallJournal journal)
    {
        while (_order.Count >= Capacity || (_order.TryPeek(out var oldest) && !IsKnown(oldest)))
        {
            (string id, Talk talk) = _order.Dequeue();
            if (IsKnown((id, talk)))
            {
                _calls.Remove(id);
            }
        }

        string callId = Encoding.UTF8.GetString(invite.Value(HeaderId.CallId));
        var answered = new Talk(journal, TagOf(invite.Value(HeaderId.From)).ToArray(), lane.Now);
        _calls[callId] = answered;
        _order.Enqueue((callId, answered));
    }

    /// <summary>A BYE goes by. Who says 607 in it is the callee only when it is addressed to the caller's tag.</summary>
    internal void Ended(SipRequest bye)
    {
        if (!_calls.Remove(Encoding.UTF8.GetString(bye.Value(HeaderId.CallId)), out Talk? talk))
        {
            return;
        }

        if (IsUnwanted(bye) && TagOf(bye.Value(HeaderId.To)).SequenceEqual(talk.CallerTag))
        {
            talk.Journal.Unwanted(ReportChannel.MidCall);
        }
        else
        {
            talk.Journal.Talked((int)Math.Min(int.MaxValue, lane.Now - talk.Since));
        }
    }

    /// <summary>True for a message whose Reason says 607 (RFC 8197 §4).</summary>
    internal static bool IsUnwanted(SipMessage? message) =>
        message is not null && Reason.TryFind(message, "SIP"u8, out Reason reason) && reason.Cause == 607;

    private static ReadOnlySpan<byte> TagOf(ReadOnlySpan<byte> value) =>
        NameAddr.TryParse(value, out NameAddr address) && address.TryGetParameter("tag"u8, out ReadOnlySpan<byte> tag)
            ? tag
            : default;

    private bool IsKnown((string CallId, Talk Talk) entry) =>
        _calls.TryGetValue(entry.CallId, out Talk? talk) && talk == entry.Talk;

    private sealed record Talk(CallJournal Journal, byte[] CallerTag, long Since);
}
