using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A call that this side began (RFC 3261 §13.2). Made by <see cref="CallLayer.Invite"/>.</summary>
public sealed class OutgoingCall : Call, IClientUser
{
    private const uint FirstSequence = 1;
    private readonly List<Dialog> _early = [];
    private readonly RingLimit _ringLimit;
    private readonly byte[] _callId;
    private readonly byte[] _from;
    private readonly byte[] _fromTag;
    private ClientTransaction? _invite;
    private CallEnd _takenBack;

    internal OutgoingCall(CallLayer layer, Invitation invitation, IOutgoingCallListener listener)
        : base(layer)
    {
        Invitation = invitation;
        Listener = listener;
        _ringLimit = new RingLimit(this);
        _callId = invitation.CallId.IsEmpty ? layer.NewCallId() : invitation.CallId.ToArray();
        _fromTag = Token.Tag(layer.Transactions.Lane.Random).Span.ToArray();
        _from = [.. invitation.From.Span, .. ";tag="u8, .. _fromTag];
    }

    /// <summary>What was sent.</summary>
    public Invitation Invitation { get; }

    /// <summary>Who hears of the call.</summary>
    public IOutgoingCallListener Listener { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId => _callId;

    /// <summary>The early dialogs, in order of appearance; one for each fork that sent a provisional response.</summary>
    public IReadOnlyList<Dialog> EarlyDialogs => _early;

    private protected override ICallListener AnyListener => Listener;

    /// <summary>Sends the ACK with the SDP answer, when the 2xx carried the offer. False when no ACK is due.</summary>
    public bool Acknowledge(in Body body, params ReadOnlySpan<HeaderField> headers)
    {
        if (Dialog is not { Ack: null } dialog || !TryMove(CallEvent.Acknowledged))
        {
            return false;
        }

        dialog.Ack = Layer.SendAck(dialog, FirstSequence, body, headers);
        return true;
    }

    /// <inheritdoc/>
    public override bool End(params ReadOnlySpan<HeaderField> headers)
    {
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
            Dialog!.Ack = Layer.SendAck(Dialog, FirstSequence, Body.None, default);
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
                OnRefused(response.StatusCode, response);
                break;
        }
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode) => OnRefused(statusCode, null);

    void IClientUser.OnTerminated(ClientTransaction transaction) => ForgetEarly();

    internal void Begin()
    {
        TransactionLayer transactions = Layer.Transactions;
        SipWriter writer = transactions.Writer;
        Peer to = Invitation.Destination;
        Peer local = Layer.LocalFor(to);
        var branch = Token.Branch(transactions.Lane.Random);
        writer.StartRequest("INVITE"u8, Invitation.RequestUri.Span);
        LocalVia.Write(writer, local, branch.Span);
        writer.Header(HeaderId.MaxForwards, Invitation.MaxForwards);
        foreach (ReadOnlyMemory<byte> route in Invitation.Routes)
        {
            writer.Header(HeaderId.Route, route.Span);
        }

        writer.Header(HeaderId.From, _from);
        writer.Header(HeaderId.To, Invitation.To.Span);
        writer.Header(HeaderId.CallId, _callId);
        writer.Header(HeaderId.CSeq, "1 INVITE"u8);
        if (!Invitation.Contact.IsEmpty)
        {
            writer.Header(HeaderId.Contact, Invitation.Contact.Span);
        }

        Layer.WriteInviteHeaders(writer, Invitation, local);
        Body body = Invitation.Body;
        _invite = transactions.Send(
            to,
            SipMethod.Invite,
            branch,
            writer.Finish(body.ContentType.Span, body.Content.Span),
            this
        );
        _ringLimit.Arm(transactions.Lane, Invitation.RingTimeout);
    }

    internal void OnRingLimit() => TakeBack(CallEnd.NotAnswered, default);

    private protected override void OnAcknowledged(SipRequest ack) { }

    private protected override void OnByeBeforeAnswer() { }

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

    private void OnProgress(SipResponse response)
    {
        if (FindOrAdd(response) is { } dialog && TryMove(CallEvent.Progressed))
        {
            dialog.Describe(response);
            Listener.OnProgress(this, dialog, response);
        }
    }

    private void OnSuccess(SipResponse response)
    {
        Dialog? known = Dialog is not null && IsOf(Dialog, response) ? Dialog : FindEarly(response);
        if (known?.Ack is { } ack)
        {
            Layer.SendAgain(known, ack);
        }
        else if (known is null || known != Dialog)
        {
            OnAnswer(known ?? Add(response), response);
        }
    }

    private void OnAnswer(Dialog dialog, SipResponse response)
    {
        bool wasTakenBack = State == CallState.Cancelling;
        bool isFirst = TryMove(CallEvent.Answered);
        dialog.Confirm(response);
        dialog.Describe(response);
        if (!isFirst)
        {
            // Another fork answered too: accepted and ended (§13.2.2.4).
            dialog.Ack = Layer.SendAck(dialog, FirstSequence, Body.None, default);
            SendBye(dialog, default);
            return;
        }

        _early.Remove(dialog);
        Dialog = dialog;
        _ringLimit.Disarm(Layer.Transactions.Lane);
        if (wasTakenBack || !Invitation.Body.IsEmpty)
        {
            Acknowledge(Body.None);
        }

        if (wasTakenBack)
        {
            TryMove(CallEvent.HungUp);
            SendBye(dialog, default);
            Tell(_takenBack, response);
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
        ForgetEarly();
        if (!wasTakenBack)
        {
            Listener.OnRefused(this, statusCode, response);
        }

        Tell(wasTakenBack ? _takenBack : CallEnd.Refused, response);
    }

    private Dialog? FindOrAdd(SipResponse response) =>
        FindEarly(response) ?? (_early.Count < Layer.Options.MaxEarlyDialogs ? Add(response) : null);

    private Dialog? FindEarly(SipResponse response) => _early.Find(dialog => IsOf(dialog, response));

    private Dialog Add(SipResponse response)
    {
        Dialog dialog = Dialog.OfCaller(
            response,
            _from,
            _fromTag,
            FirstSequence,
            Invitation.RequestUri.Span,
            Invitation.Destination
        );
        dialog.User = this;
        _early.Add(dialog);
        Layer.Dialogs.Add(dialog);
        return dialog;
    }

    /// <summary>Early dialogs that no 2xx confirmed end with the transaction (§13.2.2.4).</summary>
    private void ForgetEarly()
    {
        foreach (Dialog dialog in _early)
        {
            if (dialog.State == DialogState.Early)
            {
                Layer.Dialogs.Remove(dialog);
            }
        }

        _early.Clear();
    }

    private static bool IsOf(Dialog dialog, SipResponse response) =>
        dialog.RemoteTag.Span.SequenceEqual(Tags.To(response));
}
