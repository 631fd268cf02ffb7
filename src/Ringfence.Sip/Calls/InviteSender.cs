using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>Writes and sends the INVITE of an outgoing call (RFC 3261 §8.1.1, §13.2.1), and its ACKs.</summary>
internal sealed class InviteSender
{
    internal const uint Sequence = 1;
    private readonly CallLayer _layer;
    private readonly Invitation _invitation;
    private readonly byte[] _from;
    private readonly byte[] _fromTag;

    internal InviteSender(CallLayer layer, Invitation invitation)
    {
        _layer = layer;
        _invitation = invitation;
        _fromTag = Token.Tag(layer.Transactions.Lane.Random).Span.ToArray();
        _from = [.. invitation.From.Span, .. ";tag="u8, .. _fromTag];
        CallId = invitation.CallId.IsEmpty ? layer.NewCallId() : invitation.CallId.ToArray();
    }

    internal byte[] CallId { get; }

    internal ClientTransaction Send(IClientUser user)
    {
        TransactionLayer transactions = _layer.Transactions;
        var branch = Token.Branch(transactions.Lane.Random);
        Peer way = _invitation.Destination;
        ReadOnlySpan<byte> message = Write(way, branch);
        Peer other = transactions.Wire.WayFor(way, message.Length);
        if (other != way)
        {
            // Too long for a datagram (§18.1.1): the Via names the other transport.
            way = other;
            message = Write(way, branch);
        }

        return transactions.Send(way, SipMethod.Invite, branch, message, user);
    }

    /// <summary>The dialog that a response makes.</summary>
    internal Dialog MakeDialog(SipResponse response)
    {
        Dialog dialog = Dialog.OfCaller(
            response,
            _from,
            _fromTag,
            Sequence,
            _invitation.RequestUri.Span,
            _invitation.Destination
        );
        dialog.Offer = _invitation.Body.IsEmpty ? OfferState.Settled : OfferState.Ours;
        return dialog;
    }

    internal void Acknowledge(Dialog dialog, in Body body, ReadOnlySpan<HeaderField> headers) =>
        dialog.Ack = _layer.SendAck(dialog, Sequence, body, headers);

    private ReadOnlySpan<byte> Write(scoped in Peer way, scoped in Token branch)
    {
        SipWriter writer = _layer.Transactions.Writer;
        Peer local = _layer.LocalFor(way);
        writer.StartRequest("INVITE"u8, _invitation.RequestUri.Span);
        LocalVia.Write(writer, local, branch.Span);
        writer.Header(HeaderId.MaxForwards, _invitation.MaxForwards);
        foreach (ReadOnlyMemory<byte> route in _invitation.Routes)
        {
            writer.Header(HeaderId.Route, route.Span);
        }

        writer.Header(HeaderId.From, _from);
        writer.Header(HeaderId.To, _invitation.To.Span);
        writer.Header(HeaderId.CallId, CallId);
        writer.Header(HeaderId.CSeq, "1 INVITE"u8);
        _layer.Headers.WriteInvite(writer, _invitation, local);
        return writer.Finish(_invitation.Body.ContentType.Span, _invitation.Body.Content.Span);
    }
}
