using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.RtpEngine;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <content>
/// The far legs, one after another or all at once, and the 6xx rule (RFC 3261 §16.7). The caller has one dialog and one stream whatever
/// they do.
/// </content>
internal sealed partial class GateCall
{
    /// <summary>How long a refusal for all waits for the others' ends: four times the round trip that RFC 3261 takes for usual.</summary>
    private const int MostForCrossing = 2_000;

    private readonly LaneTimer _crossing;
    private Queue<ProxyTarget> _targets;
    private readonly List<GateBranch> _branches = [];
    private readonly BestResponse _best = new();
    private GateBranch? _answered;
    private bool _isClosed;

    private bool HasPending => _redirecting > 0 || _branches.Exists(static branch => branch.IsPending);

    /// <summary>A leg failed: the next target, or where none is left and nothing pends, the best response for the caller.</summary>
    internal void Refused(GateBranch branch, int statusCode, SipResponse? response)
    {
        if (statusCode == 607)
        {
            _setup.Journal.Unwanted(ReportChannel.BeforeAnswer);
        }

        _setup.Services.Cards?.Look(response, _setup.Journal.Id);
        if (!branch.Finish() || _isOver)
        {
            return;
        }

        branch.Border?.Delete();
        EndStreams(branch);
        if (!TryRedirect(branch, statusCode, response))
        {
            Rejected(branch, statusCode, response);
        }
    }

    private void Rejected(GateBranch branch, int statusCode, SipResponse? response)
    {
        bool isGlobal = statusCode >= 600;
        bool isBusy = isGlobal && (_setup.Trunk.Configuration.TreatGlobalAsBusy || SpeaksForItself(branch.Target));
        _best.Add(isBusy ? 486 : ResponseMap.Default.Of(statusCode, response is null, branch.IsRinging), response);
        if (isGlobal && !isBusy && !_isClosed)
        {
            // An answer that crosses the CANCEL wins all the same: the caller is told when they all have ended.
            Close();
            _media.EndedAll();
            _setup.Lane.Timers.Arm(_crossing, MostForCrossing);
            var reason = new HeaderField(HeaderId.Reason, ProxyLayer.GlobalReason(statusCode));
            _branches.ForEach(other => other.Withdraw(reason));
        }

        Continue();
    }

    /// <summary>Whether the callee's trunk says that a 6xx of its own speaks for nobody else.</summary>
    private bool SpeaksForItself(in ProxyTarget target) =>
        _setup.Services.State.TrunkOf(target.Destination)?.Configuration is { TreatGlobalAsBusy: true } terms
        && (terms.Authenticate != AuthenticateMode.Users || target.KeepFlow);

    /// <summary>The offer did not get across the border.</summary>
    internal void NotCrossed(GateBranch branch, RtpEngineReply reply)
    {
        string why = BorderCrossing.Why(reply);
        string trunk = BorderTerms.NameOf(_setup, branch.Target);
        _setup.Journal.GateReason += $"; rtpengine: {why}";
        if (BorderTerms.MayGoWithout(_setup, branch.Target))
        {
            BorderLog.OnItsOwn(_setup.Services.Log, _setup.Journal.Id, trunk, why);
            branch.BeginAlone();
            return;
        }

        BorderLog.Refused(_setup.Services.Log, _setup.Journal.Id, trunk, why);
        Refused(branch, 503, null);
    }

    /// <summary>Calls the next target, or all of them at once.</summary>
    private void Continue()
    {
        while (!_isOver && !_isClosed && _targets.Count > 0 && (_setup.Fork == ForkMode.Parallel || !HasPending))
        {
            ProxyTarget target = _targets.Dequeue();
            var branch = new GateBranch(this, target, _branches.Count)
            {
                Border = BorderTerms.LegOf(_setup, target, _branches.Count),
            };
            _branches.Add(branch);
            branch.Begin();
        }

        if (!_isOver && _answered is null && !HasPending)
        {
            RefuseWithBest();
        }
    }

    /// <summary>What a far leg is offered.</summary>
    internal byte[] OfferTo(GateBranch branch) => _media.OfferToCallee(branch.Number, branch.Target, branch.Border);

    /// <summary>Calls a far leg.</summary>
    internal OutgoingCall Invite(GateBranch branch, ReadOnlyMemory<byte> offer) =>
        _legs.Invite(
            _setup.Calls,
            FarLeg.Invitation(_caller, _setup, branch.Target, offer) with
            {
                TakesEarlySession = EarlySessionTerms.OfCallee(_setup, branch.Target, branch.Border),
            },
            branch
        );

    /// <summary>A callee offers an early session.</summary>
    internal bool TryEarlySession(EarlyFork fork, ReadOnlySpan<byte> offer, out byte[] answer) =>
        _media.TryEarlySession(fork, offer, out answer);

    /// <summary>This leg and no other.</summary>
    private void Take(GateBranch branch)
    {
        _answered = branch;
        branch.Finish();
        Close();
        _setup.Lane.Timers.Disarm(_crossing);
        foreach (GateBranch other in _branches)
        {
            if (other != branch)
            {
                other.End(Reasons.CompletedElsewhere);
            }
        }
    }

    /// <summary>No further target is tried.</summary>
    private void Close()
    {
        _isClosed = true;
        _targets.Clear();
    }

    private void EndAll(params ReadOnlySpan<HeaderField> headers)
    {
        foreach (GateBranch branch in _branches)
        {
            branch.End(headers);
        }
    }

    /// <summary>Those that were taken back do not end: an answer of theirs comes too late from now on.</summary>
    private void OnCrossedForLong()
    {
        EndAll();
        RefuseWithBest();
    }

    private void EndStreams(GateBranch branch)
    {
        if (!HasPending)
        {
            // What nobody has described is over too.
            _media.EndedAll();
            return;
        }

        foreach (EarlyFork fork in branch.Forks)
        {
            _media.Ended(fork);
        }
    }

    private void RefuseWithBest()
    {
        SipResponse? response = _best.Response;
        int statusCode = CauseReason.StatusOf(_best.StatusCode, response, _setup.Trunk.Configuration.Early);
        RefuseCaller(
            statusCode,
            response?.StatusCode == statusCode ? response.ReasonPhrase : default,
            [
                .. response is null ? [] : GateLegs.Explanations.Of(response),
                .. CauseReason.Of(statusCode, response, _setup.Trunk.Configuration.Early),
            ]
        );
    }
}
