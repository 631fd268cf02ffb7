using System.Text;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Screening.Facts;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Pipeline;

/// <summary>Progress: where a call goes, and how.</summary>
internal sealed partial class CallPipeline
{
    /// <summary>
    /// Progress: by the route of the called number. Where audio is open already, the caller hears something: then what is known of the
    /// route's hosts counts, and nothing is waited for.
    /// </summary>
    private void Progress(AdmittedCall admitted, CallerAudio? audio)
    {
        if (admitted.State.Routes.Find(admitted.Parties.CalleeUser) is not { } route)
        {
            audio?.Close();
            // No such number here (RFC 3261 §21.4.5).
            Refusing.Refuse(admitted.Call, 404, _services, admitted.Journal);
        }
        else if (audio is null)
        {
            LookingUp.Begin(admitted, route, _search, _services, found => GoOn(admitted, null, route, found));
        }
        else
        {
            SipRequest invite = admitted.Call.Request;
            ProxyTarget[] known = _search.Known(route, invite, admitted.Parties.CalleeUser, _services.Registrar);
            GoOn(admitted, audio, route, known);
        }
    }

    /// <summary>In the trunk's mode; by the gate where audio is already open.</summary>
    private void GoOn(AdmittedCall admitted, CallerAudio? audio, Route route, ProxyTarget[] reachable)
    {
        if (reachable.Length == 0)
        {
            audio?.Close();
            // A user who has not registered, or does not exist (RFC 3261 §21.4.18); or a host that cannot be found (§21.5.4).
            int statusCode = route.LeadsToUsers ? 480 : 503;
            Refusing.Refuse(admitted.Call, statusCode, _services, admitted.Journal);
            return;
        }

        if (
            admitted.Journal is
            { IsOfOwnUser: true, Facts: { IsEmergency: true, Emergency: EmergencyContext.None } facts }
        )
        {
            // Whoever may show any number must not be able to open another's door to everybody.
            _services.Evidence.RangForHelp(facts.Caller, facts.At);
        }

        switch (audio is null ? admitted.Trunk.Configuration.Mode : TrunkMode.Gate)
        {
            case TrunkMode.Redirect:
                Redirecting.Redirect(admitted.Call, reachable, admitted.Journal, admitted.Identity);
                break;
            case TrunkMode.Gate:
                GateSetup setup = Setup(admitted, Lines(admitted, reachable)) with
                {
                    Fork = route.Configuration.Fork,
                    AcceptLanguage = Encoding.Latin1.GetString(admitted.Call.Request.Value(HeaderId.AcceptLanguage)),
                    Redirections = route.Configuration.FollowsRedirections
                        ? new Redirections(Proxying.MostRedirections, admitted.State.MayBeRedirectedTo, Resolver)
                        : null,
                };
                GateCall.Begin(admitted.Call, setup, reachable, audio);
                break;
            default:
                Proxying.Forward(
                    admitted,
                    Proxy,
                    reachable,
                    route.Configuration,
                    Lines(admitted, reachable),
                    _wire,
                    Talking,
                    _services.Cards
                );
                break;
        }
    }
}
