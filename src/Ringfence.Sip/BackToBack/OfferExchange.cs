using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// An offer of one leg that the other is asked about: its answer goes back, or its refusal. An UPDATE that became a re-INVITE must not
/// wait for a person (RFC 3311 §5.2): after a while it is 504, and the other leg is set back should it agree later.
/// </summary>
internal sealed class OfferExchange(
    LegPair owner,
    Leg from,
    IncomingRequest request,
    Body offer,
    Dialog dialog,
    SipMethod method
) : IRequestListener
{
    private Body _before;
    private bool _isLate;

    internal void Send(in Body crossing, HeaderField[] headers, int updateTimeout)
    {
        Call other = from == Leg.Caller ? owner.Callee! : owner.Caller;
        _before = other.OwnDescription;
        owner.Leave(other, crossing, isOffer: true, left => Send(other, left, headers, updateTimeout));
    }

    public void OnCompleted(Call call, SipMethod sent, int statusCode, SipResponse? response)
    {
        if (statusCode >= 300)
        {
            owner.TakeRefusal(from);
            if (!_isLate)
            {
                owner.PassRefusal(from, request, statusCode, response);
            }

            return;
        }

        if (_isLate)
        {
            SetBack(call);
            return;
        }

        owner.TakeAnswer(
            from,
            request,
            offer,
            call,
            LegPair.SessionOf(response!),
            answer =>
            {
                if (answer is not { } body || !request.Answer(200, default, body, owner.Towards(from).Of(response!)))
                {
                    SetBack(call);
                }
            }
        );
    }

    private void Send(Call other, in Body? left, HeaderField[] headers, int updateTimeout)
    {
        if (left is not { } body || !other.Send(dialog, method, body, this, headers))
        {
            owner.TakeRefusal(from);
            request.Answer(left is null ? 488 : 491, default, Body.None);
            return;
        }

        if (method != request.Request.Method)
        {
            other.After(TimeSpan.FromMilliseconds(updateTimeout), OnLate);
        }
    }

    /// <summary>The other leg has agreed to what this one does not get: what stood before is offered again.</summary>
    private void SetBack(Call other)
    {
        owner.TakeRefusal(from);
        request.Answer(488, default, Body.None);
        other.Send(SipMethod.Invite, _before, null);
    }

    private void OnLate()
    {
        _isLate = request.Answer(504, default, Body.None);
    }
}
