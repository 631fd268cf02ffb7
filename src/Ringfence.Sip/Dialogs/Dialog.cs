using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Dialogs;

/// <summary>One dialog: the relation of two user agents that a response to an INVITE made (RFC 3261 §12).</summary>
public sealed partial class Dialog
{
    internal ChainLink<Dialog> Link;
    private readonly byte[] _local;
    private byte[] _remote;
    private RouteSet _routes;
    private uint _localSequence;
    private long _remoteSequence;

    private Dialog(
        ReadOnlySpan<byte> callId,
        ReadOnlySpan<byte> local,
        ReadOnlySpan<byte> localTag,
        ReadOnlySpan<byte> remote,
        ReadOnlySpan<byte> remoteTag,
        RouteSet routes
    )
    {
        CallId = callId.ToArray();
        _local = local.ToArray();
        LocalTag = localTag.ToArray();
        _remote = remote.ToArray();
        RemoteTag = remoteTag.ToArray();
        _routes = routes;
    }

    /// <summary>Where it stands.</summary>
    public DialogState State { get; private set; }

    /// <summary>The Call-ID.</summary>
    public ReadOnlyMemory<byte> CallId { get; }

    /// <summary>The tag of this side.</summary>
    public ReadOnlyMemory<byte> LocalTag { get; }

    /// <summary>The far side's tag; empty when it gave none (RFC 2543).</summary>
    public ReadOnlyMemory<byte> RemoteTag { get; }

    /// <summary>The URI that requests within the dialog go to.</summary>
    public ReadOnlyMemory<byte> RemoteTarget { get; private set; }

    /// <summary>The first session description that came in this dialog: of early media or of the answer; empty when none did.</summary>
    public ReadOnlyMemory<byte> RemoteDescription { get; private set; }

    /// <summary>Whatever the owner of the call wants to keep with this dialog.</summary>
    public object? Context { get; set; }

    /// <summary>Where offer and answer stand.</summary>
    internal OfferState Offer { get; set; }

    /// <summary>True when the far side has said in its last Allow that it takes UPDATE (RFC 3311 §5.1).</summary>
    public bool TakesUpdate { get; private set; }

    /// <summary>Who gets the requests that come in it.</summary>
    internal IDialogUser? User { get; set; }

    /// <summary>The way that the far side was reached, for targets that name no address.</summary>
    internal Peer KnownPeer { get; private set; }

    /// <summary>True when the far side is only reached the way that it came, whatever its Contact says (RFC 5626 §5.3).</summary>
    internal bool KeepsFlow { get; set; }

    /// <summary>The Request-URI of a request within the dialog.</summary>
    internal ReadOnlySpan<byte> RequestUri => _routes.RequestUri(RemoteTarget.Span);

    /// <summary>Where a request within the dialog is sent.</summary>
    internal Peer NextPeer =>
        _routes.Count > 0 ? NextHop.Of(_routes.FirstUri, KnownPeer)
        : KeepsFlow ? KnownPeer
        : NextHop.Of(RemoteTarget.Span, KnownPeer);

    /// <summary>The ACK for the 2xx, to be sent again when that comes again (§13.2.2.4).</summary>
    internal byte[]? Ack { get; set; }

    /// <summary>The dialog of the called side (§12.1.1).</summary>
    internal static Dialog OfCalled(SipRequest invite, ReadOnlySpan<byte> localTag, in Peer from)
    {
        ReadOnlySpan<byte> remote = invite.Value(HeaderId.From);
        var dialog = new Dialog(
            invite.Value(HeaderId.CallId),
            [.. invite.Value(HeaderId.To), .. ";tag="u8, .. localTag],
            localTag,
            remote,
            Tags.From(invite),
            RouteSet.From(invite, reversed: false)
        )
        {
            _remoteSequence = Sequence.Of(invite),
            KnownPeer = from,
        };
        dialog.Take(false, SessionMessage.Invite, SessionBody.IsIn(invite));
        dialog.TakeEarly(false, SessionMessage.Invite, !SessionBody.EarlyOf(invite).IsEmpty);
        dialog.SetTarget(invite, NameAddr.TryParse(remote, out NameAddr caller) ? caller.Uri : default);
        return dialog;
    }

    /// <summary>The dialog of the calling side (§12.1.2).</summary>
    /// <param name="response">The 1xx or 2xx.</param>
    /// <param name="local">The From value that was sent.</param>
    /// <param name="localTag">Its tag.</param>
    /// <param name="sequence">The CSeq number that was sent.</param>
    /// <param name="target">The Request-URI that was sent, for a response without Contact.</param>
    /// <param name="peer">Where the request was sent.</param>
    internal static Dialog OfCaller(
        SipResponse response,
        ReadOnlySpan<byte> local,
        ReadOnlySpan<byte> localTag,
        uint sequence,
        ReadOnlySpan<byte> target,
        in Peer peer
    )
    {
        var dialog = new Dialog(
            response.Value(HeaderId.CallId),
            local,
            localTag,
            response.Value(HeaderId.To),
            Tags.To(response),
            RouteSet.From(response, reversed: true)
        )
        {
            _localSequence = sequence,
            _remoteSequence = -1,
            KnownPeer = peer,
        };
        dialog.SetTarget(response, target);
        return dialog;
    }

    /// <summary>A 2xx confirms it; for the calling side the route set is that of the 2xx (§13.2.2.4).</summary>
    internal void Confirm(SipResponse? response)
    {
        State = DialogState.Confirmed;
        EarlySession = EarlySessionState.Over;
        if (response is not null)
        {
            _routes = RouteSet.From(response, reversed: true);
            _remote = response.Value(HeaderId.To).ToArray();
            Refresh(response);
        }
    }

    /// <summary>Notes what a message of either side does to offer and answer.</summary>
    internal OfferStep Take(bool isOurs, SessionMessage message, bool isDescribed)
    {
        OfferStep step = OfferRules.Next(Offer, isOurs, message, isDescribed);
        Offer = step.Next;
        return step;
    }

    internal void Terminate() => State = DialogState.Terminated;

    /// <summary>A target refresh: re-INVITE, UPDATE and their 2xx carry a Contact that counts from now on (§12.2).</summary>
    internal void Refresh(SipMessage message) => SetTarget(message, RemoteTarget.Span);

    /// <summary>True when a request of the far side comes in order (§12.2.2); its number then counts.</summary>
    internal bool TakeSequence(uint number)
    {
        if (number <= _remoteSequence)
        {
            return false;
        }

        _remoteSequence = number;
        return true;
    }

    /// <summary>
    /// A request in order has come. A far side that is held to its flow may have another one by now: a browser that has connected
    /// anew, a NAT that has given another port.
    /// </summary>
    internal void Heard(in Peer from) => KnownPeer = KeepsFlow && _routes.Count == 0 ? from : KnownPeer;

    /// <summary>
    /// True when a reliable provisional response comes in order (RFC 3262 §4): the first with any number, each further one with
    /// the next. A repeat or one after a gap is to be ignored.
    /// </summary>
    internal bool TakeReliable(uint number)
    {
        if (LastReliable != 0 && number != LastReliable + 1)
        {
            return false;
        }

        LastReliable = number;
        return true;
    }

    /// <summary>The number of the last reliable response that came in order.</summary>
    internal uint LastReliable { get; private set; }

    /// <summary>Begins a request within the dialog with the next sequence number (§12.2.1.1); returns the number.</summary>
    internal uint StartRequest(SipWriter writer, SipMethod method, in Peer local, in Token branch)
    {
        _localSequence++;
        Start(writer, SipMethods.Name(method), _localSequence, local, branch);
        return _localSequence;
    }

    /// <summary>Begins the ACK for a 2xx: a transaction of its own with the number of the INVITE (§13.2.2.4).</summary>
    internal void StartAck(SipWriter writer, uint sequence, in Peer local, in Token branch) =>
        Start(writer, "ACK"u8, sequence, local, branch);

    private void Start(SipWriter writer, ReadOnlySpan<byte> method, uint sequence, in Peer local, in Token branch)
    {
        ReadOnlySpan<byte> target = RemoteTarget.Span;
        writer.StartRequest(method, _routes.RequestUri(target));
        LocalVia.Write(writer, local, branch.Span);
        writer.Header(HeaderId.MaxForwards, 70);
        _routes.Write(writer, target);
        writer.Header(HeaderId.From, _local);
        writer.Header(HeaderId.To, _remote);
        writer.Header(HeaderId.CallId, CallId.Span);
        writer.Begin(HeaderId.CSeq);
        writer.Append(sequence);
        writer.Append(" "u8);
        writer.Append(method);
        writer.End();
    }

    private void SetTarget(SipMessage message, ReadOnlySpan<byte> otherwise)
    {
        TakesUpdate = message.Has(HeaderId.Allow) ? OptionTags.Has(message, HeaderId.Allow, "UPDATE"u8) : TakesUpdate;
        foreach (ReadOnlySpan<byte> item in message.Items(HeaderId.Contact))
        {
            if (NameAddr.TryParse(item, out NameAddr contact) && SipUri.TryParse(contact.Uri, out _))
            {
                RemoteTarget = contact.Uri.ToArray();
                return;
            }
        }

        RemoteTarget = otherwise.ToArray();
    }
}
