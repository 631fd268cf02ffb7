using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Gate;

/// <summary>
/// What the caller of a gated call is told before the answer: each provisional response of the callee, translated as the caller's
/// trunk wants it. By what a response carries, not by its code: SDP in any of them is early media, and 180 after a 183 still says
/// that the callee is alerted (RFC 3960 §3.2).
/// </summary>
internal sealed class GateProgress
{
    private readonly IncomingCall _caller;
    private readonly GateSetup _setup;
    private readonly IGateMedia _media;
    private readonly EarlyMediaTrunkConfiguration _terms;
    private readonly EarlyWatch _watch;
    private bool _hasMedia;
    private int _lastCode;

    /// <param name="caller">The caller's leg.</param>
    /// <param name="setup">What the gated call was begun with.</param>
    /// <param name="media">Its media.</param>
    /// <param name="hasMedia">Whether a 183 with SDP has gone out before.</param>
    /// <param name="watch">Watches how long the call is early.</param>
    internal GateProgress(IncomingCall caller, GateSetup setup, IGateMedia media, bool hasMedia, EarlyWatch watch)
    {
        _caller = caller;
        _setup = setup;
        _media = media;
        _terms = setup.Trunk.Configuration.Early;
        _hasMedia = hasMedia;
        _watch = watch;
    }

    /// <summary>The call begins: media at once where the trunk wants that.</summary>
    internal void Begin()
    {
        if (_hasMedia || (_terms.AtOnce && (!_media.AnswerToCaller.IsEmpty || _caller.MayProgressReliably)))
        {
            _media.Alerting();
            SayMedia(183);
        }

        if (_hasMedia)
        {
            _watch.Begin();
        }
    }

    /// <summary>
    /// A callee progressed, with media described or not. Gives the status that the response stands for when its Reason says that the call has failed, as
    /// gateways say it that play an announcement first; else 0.
    /// </summary>
    internal int Progressed(EarlyFork fork, SipResponse response, ReadOnlySpan<byte> description)
    {
        if (response.StatusCode == 199)
        {
            _media.Ended(fork);
            return 0;
        }

        if (FailureOf(response) is > 0 and int statusCode)
        {
            return statusCode;
        }

        EarlyDirections? authorized = AuthorizedBy(response);
        bool isMedia = !description.IsEmpty && _media.Early(fork, description, authorized);
        if (!isMedia && authorized is { } directions)
        {
            _media.Authorize(fork, directions);
        }

        if (response.StatusCode == 180)
        {
            _watch.IsAlerted = true;
        }

        _watch.Progressed(isMedia);
        Translate(response.StatusCode, isMedia);
        return 0;
    }

    /// <summary>A callee asks for something within an early dialog; P-Early-Media may come with it (RFC 5009 §8).</summary>
    internal void Asked(EarlyFork fork, SipRequest request)
    {
        if (AuthorizedBy(request) is { } directions)
        {
            _media.Authorize(fork, directions);
        }
    }

    /// <summary>The status that Reason makes of a provisional response: 183 with Q.850 cause 17 is busy.</summary>
    private int FailureOf(SipResponse response) =>
        Reason.TryFind(response, "Q.850"u8, out Reason reason)
            ? (CauseProfile.Find(_terms.Causes) ?? CauseProfile.Standard).StatusOf(
                reason.Cause,
                reason.Location.SequenceEqual("U"u8)
            )
            : 0;

    /// <summary>What P-Early-Media authorizes, from where it may say so; seen from the callee, whose sending is backward.</summary>
    private EarlyDirections? AuthorizedBy(SipMessage message)
    {
        if (!_terms.SpeaksPEarlyMedia || !message.Has(HeaderId.PEarlyMedia))
        {
            return null;
        }

        List<string> values = [];
        foreach (ReadOnlySpan<byte> value in message.Items(HeaderId.PEarlyMedia))
        {
            values.Add(Encoding.ASCII.GetString(value));
        }

        EarlyMediaAuthorization header = EarlyMediaAuthorization.Parse(string.Join(',', values));
        MediaDirection direction = header.Of(0);
        return !header.IsRequest
            ? null
            : (direction.Sends() ? EarlyDirections.Backward : 0) | (direction.Receives() ? EarlyDirections.Forward : 0);
    }

    private void Translate(int code, bool isMedia)
    {
        ProgressTranslation to =
            isMedia ? _terms.OnMedia
            : code == 180 ? _terms.On180
            // Being forwarded and queued say nothing of media (RFC 3398 §7.2.9).
            : code is 181 or 182 ? ProgressTranslation.Pass
            // What is not known counts as 183 (RFC 3261 §8.1.3.2).
            : _terms.OnSilent183;
        switch (to)
        {
            case ProgressTranslation.Ringback:
                _media.Alerting();
                SayMedia(183, otherwise: code);
                break;
            case ProgressTranslation.Pass when isMedia:
                if (code == 180)
                {
                    _media.Alerting();
                }

                SayMedia(code);
                break;
            case ProgressTranslation.Pass:
                Say(code);
                break;
            case ProgressTranslation.Ringing:
                Say(180);
                break;
        }
    }

    /// <summary>A provisional response with SDP, once: its first one binds (RFC 3261 §13.2.1).</summary>
    private void SayMedia(int code, int otherwise = 180)
    {
        if (_hasMedia)
        {
            return;
        }

        bool isOfferDue = _media.AnswerToCaller.IsEmpty;
        if (isOfferDue && !_caller.MayProgressReliably)
        {
            // The INVITE carried no offer, and this side's goes out with the 200: unreliably it is never made (RFC 3261 §13.2.1).
            Say(otherwise);
            return;
        }

        // With 100rel it goes out now, and its answer comes in the PRACK (RFC 3262 §5).
        Body body = isOfferDue ? Body.Sdp(_media.DescriptionForCaller) : _media.ProgressFor(_caller);
        _hasMedia = _caller.Progress(code, default, body, Fields());
        _lastCode = code;
        if (_hasMedia)
        {
            _setup.Journal.Progressed(hasMedia: true);
            _watch.Begin();
        }
    }

    /// <summary>A provisional response without SDP; the same is not said twice, for its repeating is the stack's.</summary>
    private void Say(int code)
    {
        if (!_hasMedia && _media.AnswerToCaller.IsEmpty && IsReliabilityRequired && _caller.MayProgressReliably)
        {
            // The first reliable response to an INVITE without an offer has this side's (RFC 3262 §5).
            SayMedia(code);
            return;
        }

        if (_lastCode != code && _caller.Progress(code, default, Body.None, Fields()))
        {
            _lastCode = code;
            _setup.Journal.Progressed(hasMedia: false);
        }
    }

    private bool IsReliabilityRequired =>
        _caller.Reliability == Reliability.Required || OptionTags.Has(_caller.Request, HeaderId.Require, "100rel"u8);

    private HeaderField[] Fields()
    {
        HeaderField[] reasons = [.. _setup.Identity.TakeReasonLines()];
        // It says nothing of early sessions (RFC 5009 §7), and where there is one nothing else is early.
        return
            _terms.SpeaksPEarlyMedia
            && _caller.Request.Has(HeaderId.PEarlyMedia)
            && _media.EarlySession is not { IsUsed: true }
            ? [.. reasons, new HeaderField(HeaderId.PEarlyMedia, Word(_setup.Authorized))]
            : reasons;
    }

    private static string Word(EarlyDirections directions) =>
        directions switch
        {
            EarlyDirections.Both => "sendrecv",
            EarlyDirections.Backward => "sendonly",
            EarlyDirections.Forward => "recvonly",
            _ => "inactive",
        };
}
