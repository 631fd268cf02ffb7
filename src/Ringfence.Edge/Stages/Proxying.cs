using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Redress;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>Progress by proxy: the edge stays in the signalling path, media goes past it.</summary>
internal sealed class Proxying(AdmittedCall admitted, ReasonWire reasons, TalkingCalls? talking, ReceivedCards? cards)
    : IProxyListener
{
    /// <summary>Four sendings over UDP, and time for the answer to the last.</summary>
    private const int FailoverAfter = 4_000;

    /// <summary>Contacts of 3xx responses that one call follows.</summary>
    internal const int MostRedirections = 5;

    private readonly CallJournal _journal = admitted.Journal;
    private bool _isCompleted;

    internal static void Forward(
        AdmittedCall admitted,
        ProxyLayer proxy,
        ReadOnlySpan<ProxyTarget> targets,
        RouteConfiguration route,
        CallerLines? lines,
        ReasonWire reasons,
        TalkingCalls? talking,
        ReceivedCards? cards
    )
    {
        admitted.Journal.Mode("proxy");
        var options = new ForwardOptions
        {
            Parallel = route.Fork == ForkMode.Parallel,
            MaxRedirects = route.FollowsRedirections ? MostRedirections : 0,
            MayRedirect = admitted.State.MayBeRedirectedTo,
            RingTimeout = admitted.State.EarlyMedia.RingForMs,
            FailoverAfter = FailoverAfter,
            TreatGlobalAsBusy = admitted.Trunk.Configuration.TreatGlobalAsBusy,
            KeepCallerFlow = admitted.Trunk.Configuration.Authenticate == AuthenticateMode.Users,
        };
        options = lines?.Apply(options) ?? options;
        if (admitted.Trunk.Configuration.Authenticate != AuthenticateMode.No)
        {
            // What proves a caller to the edge is nothing for those behind it.
            options = options with
            {
                Remove = [.. options.Remove, HeaderId.ProxyAuthorization],
            };
        }

        var listener = new Proxying(admitted, reasons, talking, cards);
        listener.TellReasons();
        if (proxy.Forward(admitted.Call, targets, options, listener) is null)
        {
            listener._isCompleted = true;
            admitted.Journal.Close("edge");
            reasons.Forget(admitted.Call.Request);
        }
    }

    /// <inheritdoc/>
    public void OnProgress(ProxiedCall call, SipResponse response) =>
        _journal.Progressed(hasMedia: !response.Body.IsEmpty);

    /// <inheritdoc/>
    public void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response)
    {
        _isCompleted = true;
        reasons.Forget(call.Request);
        if (statusCode < 300)
        {
            _journal.Answered();
            talking?.Answered(call.Request, _journal);
        }
        else
        {
            if (response is { StatusCode: 607 })
            {
                _journal.Unwanted(ReportChannel.BeforeAnswer);
            }

            cards?.Look(response, _journal.Id);
            _journal.Refused(statusCode);
        }

        _journal.Close(
            statusCode == 487 ? "caller"
            : response is null ? "edge"
            : "callee"
        );
    }

    /// <summary>The signer hears of what failed with the next response: now, or when the verdict has come.</summary>
    private void TellReasons()
    {
        CallIdentity identity = admitted.Identity;
        if (identity.IsPending)
        {
            identity.WhenLate = TellReasons;
        }
        else if (!_isCompleted)
        {
            reasons.Tell(admitted.Call.Request, identity.TakeReasons());
        }
    }
}
