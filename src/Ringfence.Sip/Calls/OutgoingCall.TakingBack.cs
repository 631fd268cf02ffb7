using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <content>CANCEL, by the owner or by the ring limit.</content>
public sealed partial class OutgoingCall
{
    private CallEnd _takenBack;
    private bool _isWithdrawn;

    /// <summary>
    /// Takes back what was asked, with CANCEL, but not an answer that crosses it: that one is told of as any other (RFC 3261 §16.7 item
    /// 5). <see cref="End"/> afterwards declines it after all. False when the call is answered or over.
    /// </summary>
    /// <param name="headers">Further header lines; the Reason among them goes into the CANCEL.</param>
    public bool Withdraw(params ReadOnlySpan<HeaderField> headers) => _isWithdrawn = TakeBack(CallEnd.GivenUp, headers);

    /// <summary>
    /// Where nothing has come at all, the CANCEL cannot go out yet (§9.1), and the owner need not wait for that: an answer that
    /// comes after all is ended.
    /// </summary>
    internal void OnRingLimit()
    {
        bool isSilent = State == CallState.Inviting;
        if (TakeBack(CallEnd.NotAnswered, default) && isSilent)
        {
            TellTakenBack(null);
        }
    }

    private bool TakeBack(CallEnd end, ReadOnlySpan<HeaderField> headers)
    {
        if (!TryMove(CallEvent.TakenBack))
        {
            return false;
        }

        _takenBack = end;
        _ringLimit.Disarm(Layer.Transactions.Lane);
        _invite!.Cancel(HeaderField.Find(headers, HeaderId.Reason));
        return true;
    }

    /// <summary>To the owner, a callee that was not waited for any longer is one that refused for want of an answer.</summary>
    private void TellTakenBack(SipResponse? response)
    {
        if (_takenBack == CallEnd.NotAnswered && !IsTold)
        {
            Listener.OnRefused(this, 408, null);
        }

        Tell(_takenBack, response);
    }
}
