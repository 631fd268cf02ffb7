using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Calls;

/// <summary>A call that this side began (RFC 3261 §13.2). Made by <see cref="CallLayer.Invite"/>.</summary>
public sealed partial class OutgoingCall : Call, IClientUser
{
    private readonly RingLimit _ringLimit;
    private readonly InviteSender _sender;
    private readonly EarlyDialogs _early;
    private readonly ReliableReceiver _reliable;
    private ClientTransaction? _invite;

    internal OutgoingCall(CallLayer layer, Invitation invitation, IOutgoingCallListener listener)
        : base(layer)
    {
        Invitation = invitation;
        Listener = listener;
        Credentials = invitation.Credentials;
        Standing = invitation.Standing;
        SessionExpires = invitation.SessionExpires ?? SessionExpires;
        Reliability = invitation.Reliability ?? Reliability;
        Allow = invitation.Allow;
        TakesEarlySession = invitation.TakesEarlySession;
        Described(invitation.Body);
        _ringLimit = new RingLimit(this);
        _reliable = new ReliableReceiver(this);
        _sender = new InviteSender(this, invitation);
        _early = new EarlyDialogs(layer, _sender, this);
    }

    /// <summary>What was sent.</summary>
    public Invitation Invitation { get; }

    /// <summary>Who hears of the call.</summary>
    public IOutgoingCallListener Listener { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId => _sender.CallId;

    /// <summary>The early dialogs, in order of appearance; one for each fork that sent a provisional response.</summary>
    public IReadOnlyList<Dialog> EarlyDialogs => _early.All;

    /// <summary>The number of the INVITE.</summary>
    internal uint Sequence => _sender.Sequence;

    private protected override ICallListener AnyListener => Listener;

    /// <summary>Sends the ACK with the SDP answer, when the 2xx carried the offer. False when no ACK is due.</summary>
    public bool Acknowledge(in Body body, params ReadOnlySpan<HeaderField> headers)
    {
        if (Dialog is not { Ack: null } dialog || !TryMove(CallEvent.Acknowledged))
        {
            return false;
        }

        _sender.Acknowledge(dialog, body, headers);
        return true;
    }

    /// <inheritdoc/>
    public override bool End(params ReadOnlySpan<HeaderField> headers)
    {
        _isWithdrawn = false;
        if (TakeBack(CallEnd.GivenUp, headers))
        {
            return true;
        }

        bool isAcknowledged = State != CallState.Answered;
        if (!TryMove(CallEvent.HungUp))
        {
            return false;
        }

        if (!isAcknowledged)
        {
            _sender.Acknowledge(Dialog!, Body.None, default);
        }

        SendBye(Dialog!, headers);
        Tell(CallEnd.ByeSent, null);
        return true;
    }

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        switch (response.StatusCode)
        {
            case 100:
                break;
            case < 200:
                OnProgress(response);
                break;
            case < 300:
                OnSuccess(response);
                break;
            default:
                if (!TryAgain(response))
                {
                    OnRefused(response.StatusCode, response);
                }

                break;
        }
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode)
    {
        if (!TryAgain(transaction, statusCode))
        {
            OnRefused(statusCode, null);
        }
    }

    void IClientUser.OnTerminated(ClientTransaction transaction)
    {
        if (transaction == _invite)
        {
            _early.Forget();
        }
    }

    internal void Begin()
    {
        _invite = _sender.Send(this);
        _ringLimit.Arm(Layer.Transactions.Lane, Invitation.RingTimeout);
    }

    private protected override void OnAcknowledged(SipRequest ack) { }

    private protected override void OnByeBeforeAnswer() { }

    private void OnSuccess(SipResponse response)
    {
        Dialog? known =
            Dialog is not null && Calls.EarlyDialogs.IsOf(Dialog, response) ? Dialog : _early.Find(response);
        if (known?.Ack is { } ack)
        {
            Layer.SendAgain(known, ack);
        }
        else if (known is null || known != Dialog)
        {
            // The first answer may come from one fork too many; of the others no more are ended than may ring.
            Dialog? dialog = known ?? (Dialog is null ? _early.Add(response) : _early.FindOrAdd(response));
            if (dialog is not null)
            {
                OnAnswer(dialog, response);
            }
        }
    }

    private void OnAnswer(Dialog dialog, SipResponse response)
    {
        bool wasTakenBack = State == CallState.Cancelling && !_isWithdrawn;
        bool isFirst = TryMove(CallEvent.Answered);
        dialog.Confirm(response);
        dialog.Take(false, SessionMessage.Success, SessionBody.IsIn(response));
        dialog.Describe(response);
        if (!isFirst)
        {
            // Another fork answered too: accepted and ended (§13.2.2.4).
            _sender.Acknowledge(dialog, Body.None, default);
            SendBye(dialog, default);
            return;
        }

        _early.Release(dialog);
        Dialog = dialog;
        Timer.Take(response);
        _ringLimit.Disarm(Layer.Transactions.Lane);
        if (wasTakenBack || !Invitation.Body.Session.IsEmpty)
        {
            Acknowledge(Body.None);
        }

        if (wasTakenBack)
        {
            TryMove(CallEvent.HungUp);
            SendBye(dialog, default);
            TellTakenBack(response);
        }
        else
        {
            Listener.OnAnswered(this, dialog, response);
        }
    }

    private void OnRefused(int statusCode, SipResponse? response)
    {
        bool wasTakenBack = State == CallState.Cancelling;
        if (!TryMove(CallEvent.Refused))
        {
            return;
        }

        _ringLimit.Disarm(Layer.Transactions.Lane);
        _early.Forget();
        if (wasTakenBack)
        {
            TellTakenBack(response);
        }
        else
        {
            Listener.OnRefused(this, statusCode, response);
            Tell(CallEnd.Refused, response);
        }
    }
}
