using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Routing;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>
/// A call that waits until the hosts of its route are looked up; the resolver has a deadline of its own. A caller that gives up
/// meanwhile is let go.
/// </summary>
internal sealed class LookingUp : IIncomingCallListener
{
    private readonly AdmittedCall _admitted;
    private readonly Action<ProxyTarget[]> _goOn;
    private bool _isOver;

    private LookingUp(AdmittedCall admitted, Action<ProxyTarget[]> goOn)
    {
        _admitted = admitted;
        _goOn = goOn;
    }

    /// <summary>Goes on with the places of a route: at once where they are known.</summary>
    internal static void Begin(
        AdmittedCall admitted,
        Route route,
        TargetSearch search,
        EdgeServices services,
        Action<ProxyTarget[]> goOn
    )
    {
        var waiting = new LookingUp(admitted, goOn);
        ProxyTarget[]? known = search.Find(
            route,
            admitted.Call.Request,
            admitted.Parties.CalleeUser,
            services.Registrar,
            waiting.Found
        );
        if (known is not null)
        {
            goOn(known);
        }
        else
        {
            admitted.Call.Listener = waiting;
        }
    }

    /// <inheritdoc/>
    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        _isOver = true;
        _admitted.Journal.Refused(end == CallEnd.Cancelled ? 487 : 0);
        _admitted.Journal.Close("caller");
    }

    private void Found(ProxyTarget[] targets)
    {
        if (!_isOver)
        {
            _admitted.Call.Listener = null;
            _goOn(targets);
        }
    }
}
