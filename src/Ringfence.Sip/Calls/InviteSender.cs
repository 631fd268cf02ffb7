using Ringfence.Sip.Auth;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>Writes and sends the INVITE of an outgoing call (RFC 3261 §8.1.1, §13.2.1), again where that helps, and its ACKs.</summary>
internal sealed class InviteSender
{
    private readonly OutgoingCall _call;
    private readonly CallLayer _layer;
    private readonly Invitation _invitation;
    private readonly DigestExchange? _digest;
    private readonly byte[] _from;
    private readonly byte[] _fromTag;
    private DigestHeader _credentials;
    private int _next;

    internal InviteSender(OutgoingCall call, Invitation invitation)
    {
        _call = call;
        _layer = call.Layer;
        _invitation = invitation;
        _digest = invitation.Credentials is { } client ? new DigestExchange(client) : null;
        _fromTag = Token.Tag(_layer.Transactions.Lane.Random).Span.ToArray();
        _from = [.. invitation.From.Span, .. ";tag="u8, .. _fromTag];
        CallId = invitation.CallId.IsEmpty ? _layer.NewCallId() : invitation.CallId.ToArray();
        Destination = invitation.Destination;
    }

    internal byte[] CallId { get; }

    /// <summary>The number of the last INVITE.</summary>
    internal uint Sequence { get; private set; } = 1;

    /// <summary>Where the last INVITE went.</summary>
    internal Peer Destination { get; private set; }

    /// <summary>Goes on to the next target, with the same INVITE in another transaction (RFC 3263 §4.3); false when there is none.</summary>
    internal bool TryNext()
    {
        if (_next >= _invitation.Alternatives.Count)
        {
            return false;
        }

        Destination = _invitation.Alternatives[_next++];
        _credentials = default;
        return true;
    }

    /// <summary>Answers a challenge, once (§22.2); the INVITE then has the next number.</summary>
    internal bool TryAuthorize(SipResponse challenge)
    {
        bool isAnswered =
            _digest is not null
            && _digest.TryAnswer(
                Destination,
                challenge,
                "INVITE"u8,
                _invitation.RequestUri.Span,
                _invitation.Body.Content.Span,
                out _credentials
            );
        Sequence += isAnswered ? 1u : 0;
        return isAnswered;
    }

    /// <summary>Asks for a longer session (RFC 4028 §7.4).</summary>
    internal bool TryRaise(SipResponse response)
    {
        bool isRaised = _call.Timer.TryRaise(response);
        Sequence += isRaised ? 1u : 0;
        return isRaised;
    }

    internal ClientTransaction Send(IClientUser user)
    {
        TransactionLayer transactions = _layer.Transactions;
        if (_credentials.Value.IsEmpty)
        {
            _digest?.TryBegin(
                Destination,
                "INVITE"u8,
                _invitation.RequestUri.Span,
                _invitation.Body.Content.Span,
                out _credentials
            );
        }

        var branch = Token.Branch(transactions.Lane.Random);
        Peer way = Destination;
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
        Dialog dialog = Dialog.OfCaller(response, _from, _fromTag, Sequence, _invitation.RequestUri.Span, Destination);
        dialog.KeepsFlow = _invitation.KeepFlow || Destination.IsWebSocket;
        dialog.Take(true, SessionMessage.Invite, !_invitation.Body.Session.IsEmpty);
        dialog.TakeEarly(true, SessionMessage.Invite, !_invitation.Body.EarlyDescription.IsEmpty);
        return dialog;
    }

    internal void Acknowledge(Dialog dialog, in Body body, ReadOnlySpan<HeaderField> headers)
    {
        dialog.Take(true, SessionMessage.Ack, !body.IsEmpty);
        _call.Described(body);
        dialog.Ack = _layer.SendAck(_call, dialog, Sequence, body, headers);
    }

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
        writer.Begin(HeaderId.CSeq);
        writer.Append(Sequence);
        writer.Append(" INVITE"u8);
        writer.End();
        _layer.Headers.WriteInvite(writer, _call, local);
        OwnHeaders.WriteAll(writer, _call.Timer.Ask());
        OwnHeaders.WriteAll(writer, _call.Standing);
        if (!_credentials.Value.IsEmpty)
        {
            writer.Header(_credentials.Id, _credentials.Value.Span);
        }

        return writer.Finish(_invitation.Body);
    }
}
