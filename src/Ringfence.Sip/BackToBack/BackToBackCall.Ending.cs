using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <content>Whatever ends one leg ends the other, and says why (RFC 3326).</content>
public sealed partial class BackToBackCall
{
    private static readonly HeaderField Incompatible = new(
        HeaderId.Reason,
        "SIP;cause=488;text=\"Not Acceptable Here\""
    );

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        bool wasOpen = !_isAnswered;
        if (call == Caller)
        {
            bool isTheirs = end is CallEnd.Cancelled or CallEnd.ByeReceived;
            int statusCode = !wasOpen ? 0 : StatusOf(end);
            Over(isTheirs ? Leg.Caller : null, end, statusCode);
            Callee?.End(LegPair.ReasonsFor(end, message));
        }
        else if (call == Callee && end is not (CallEnd.Refused or CallEnd.NotAnswered or CallEnd.GivenUp))
        {
            Over(end == CallEnd.ByeReceived ? Leg.Callee : null, end, wasOpen ? 480 : 0);
            Caller.End(LegPair.ReasonsFor(end, message));
        }
    }

    private void RefuseCaller(
        int statusCode,
        ReadOnlySpan<byte> phrase,
        ReadOnlySpan<HeaderField> headers,
        CallEnd cause,
        Leg? by
    )
    {
        if (_isOver)
        {
            return;
        }

        Over(by, cause, statusCode);
        Caller.Refuse(statusCode, phrase, [.. headers, .. _owner.HeadersForCaller(this, statusCode)]);
    }

    private void Over(Leg? by, CallEnd cause, int statusCode)
    {
        if (!_isOver)
        {
            _isOver = true;
            _owner.OnEnded(this, new BackToBackEnd(by, cause, statusCode));
        }
    }

    /// <summary>What the caller's INVITE was answered with when the stack did it by itself.</summary>
    private static int StatusOf(CallEnd end) =>
        end switch
        {
            CallEnd.Cancelled or CallEnd.ByeReceived => 487,
            // A reliable response without its PRACK (RFC 3262 §3).
            CallEnd.NotAcknowledged => 504,
            CallEnd.GivenUp or CallEnd.Undecided => 480,
            _ => 0,
        };
}
