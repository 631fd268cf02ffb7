using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;

namespace Ringfence.Sip.Calls;

/// <summary>
/// The responses of an incoming call to its INVITE: provisional ones, reliable where that is agreed (RFC 3262), repeated so that
/// no proxy gives the call up (RFC 3261 §13.3.1.1), and the final one.
/// </summary>
internal sealed class InviteResponder
{
    private readonly CallLayer _layer;
    private readonly ServerTransaction _invite;
    private readonly IncomingCall _call;
    private readonly bool _isMerged;
    private ProgressReminder? _reminder;
    private ReliableProgress? _reliable;
    private HeaderField[]? _heldHeaders;
    private Body _heldBody;
    private int _lastProgress;
    private bool _hasDescribed;
    private bool _isChecked;

    internal InviteResponder(CallLayer layer, ServerTransaction invite, IncomingCall call, bool isMerged)
    {
        _layer = layer;
        _invite = invite;
        _call = call;
        _isMerged = isMerged;
    }

    internal ServerTransaction Invite => _invite;

    /// <summary>True until a session description of ours has its PRACK.</summary>
    internal bool IsSessionOpen => !_hasDescribed || _reliable is { HoldsAnswer: true };

    /// <summary>True while an answer waits for the PRACK of what was offered before it.</summary>
    internal bool IsHolding => _heldHeaders is not null;

    /// <summary>
    /// The status that the INVITE earns once it is to be served here and not by somebody further on (§8.2.2, §8.2.3); 0 for none.
    /// </summary>
    internal int Check()
    {
        if (_isChecked)
        {
            return 0;
        }

        _isChecked = true;
        return _layer.Checks.CheckAsServer(_call.Request, _isMerged, _call.Reliability, _call.TakesEarlySession);
    }

    /// <summary>Sends 101 to 199; false when too many wait for their PRACK.</summary>
    internal bool TryProgress(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        ReadOnlySpan<HeaderField> headers
    ) => TrySend(statusCode, reasonPhrase, body, headers, IsReliable(!body.IsEmpty));

    private bool TrySend(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        ReadOnlySpan<HeaderField> headers,
        bool isReliable
    )
    {
        if (isReliable && _reliable is { IsFull: true })
        {
            return false;
        }

        bool isEarly = !body.EarlyDescription.IsEmpty;
        if (isEarly)
        {
            TakeEarly(isReliable ? SessionMessage.Reliable : SessionMessage.Progress);
        }

        _lastProgress = statusCode;
        SipWriter writer = Start(statusCode, reasonPhrase, headers);
        _call.Described(body);
        if (isReliable)
        {
            _reliable ??= new ReliableProgress(_invite, _call);
            uint number = _reliable.TakeNumber();
            writer.Header(HeaderId.Require, "100rel"u8);
            writer.Header(HeaderId.RSeq, number);
            byte[] message = writer.Finish(body).ToArray();
            _hasDescribed |= !body.Session.IsEmpty;
            _reliable.Send(number, statusCode, message, !body.IsEmpty, isEarly);
        }
        else
        {
            _invite.SendReply(statusCode, writer.Finish(body));
        }

        _reminder ??= new ProgressReminder(this);
        _reminder.Arm(_layer.Transactions.Lane, isReliable);
        return true;
    }

    /// <summary>Sends the 2xx; false when it is held until a PRACK comes (RFC 3262 §3).</summary>
    internal bool TryAnswer(in Body body, ReadOnlySpan<HeaderField> headers)
    {
        if (_reliable is { HoldsAnswer: true })
        {
            _heldBody = body;
            _heldHeaders = headers.ToArray();
            return false;
        }

        Stop();
        _call.Described(body);
        SipWriter writer = Start(200, default, headers);
        OwnHeaders.WriteAll(writer, _call.Timer.Accept(_call.Request));
        _invite.SendReply(200, writer.Finish(body));
        _call.Dialog!.Take(true, SessionMessage.Success, !body.IsEmpty);
        return true;
    }

    private void TakeEarly(SessionMessage message)
    {
        EarlySessionFault fault = _call.Dialog!.TakeEarly(true, message, true).Fault;
        if (fault != EarlySessionFault.None)
        {
            throw new ArgumentException(EarlySessionRules.Text(fault), nameof(message));
        }
    }

    /// <summary>Sends 300 to 699.</summary>
    internal void Refuse(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        ReadOnlySpan<byte> contacts,
        ReadOnlySpan<HeaderField> headers
    )
    {
        Stop();
        SipWriter writer = _invite.StartReply(statusCode, reasonPhrase);
        if (!contacts.IsEmpty)
        {
            writer.Header(HeaderId.Contact, contacts);
        }

        if (headers.IsEmpty)
        {
            _layer.Checks.WriteReasons(writer, _call.Request, statusCode, _call.Reliability, _call.TakesEarlySession);
        }

        _layer.Headers.WriteReply(writer, _call, false, _layer.LocalFor(_invite.Peer), headers);
        OwnHeaders.WriteAll(writer, _call.Standing);
        _invite.SendReply(statusCode, writer.Finish());
    }

    /// <summary>True for the PRACK of the response that waits for one.</summary>
    internal bool TryAcknowledge(SipRequest prack, out bool hadEarly)
    {
        hadEarly = false;
        return _reliable?.TryAcknowledge(prack, out hadEarly) == true;
    }

    /// <summary>True when a response with a session description of ours would now go out reliably and at once.</summary>
    internal bool MaySendReliably => IsReliable(hasBody: true) && _reliable is not { IsWaiting: true };

    /// <summary>Sends the answer that waited, if nothing holds it any more.</summary>
    internal bool TryRelease()
    {
        if (_heldHeaders is not { } headers || _reliable is { HoldsAnswer: true })
        {
            return false;
        }

        _heldHeaders = null;
        return TryAnswer(_heldBody, headers);
    }

    /// <summary>Keeps the call alive at proxies: the same again, or, reliably, a new one without a body.</summary>
    internal void Remind()
    {
        if (_reliable is null)
        {
            _invite.SendLastAgain();
            _reminder!.Arm(_layer.Transactions.Lane, isReliable: false);
        }
        else if (!TrySend(_lastProgress, default, Body.None, default, isReliable: true))
        {
            _reminder!.Arm(_layer.Transactions.Lane, isReliable: true);
        }
    }

    internal void Stop()
    {
        _reminder?.Disarm(_layer.Transactions.Lane);
        _reliable?.Stop();
    }

    private bool IsReliable(bool hasBody)
    {
        SipRequest request = _call.Request;
        bool isRequired = OptionTags.Has(request, HeaderId.Require, "100rel"u8);
        return _call.Reliability switch
        {
            Reliability.Off => false,
            Reliability.Required => true,
            _ => isRequired || (hasBody && OptionTags.Has(request, HeaderId.Supported, "100rel"u8)),
        };
    }

    /// <summary>A response that makes or confirms the dialog (§12.1.1).</summary>
    private SipWriter Start(int statusCode, ReadOnlySpan<byte> reasonPhrase, ReadOnlySpan<HeaderField> headers)
    {
        SipWriter writer = _invite.StartReply(statusCode, reasonPhrase);
        writer.CopyAll(_call.Request, HeaderId.RecordRoute);
        _layer.Headers.WriteReply(writer, _call, true, _layer.LocalFor(_invite.Peer), headers);
        OwnHeaders.WriteAll(writer, _call.Standing);
        return writer;
    }
}
