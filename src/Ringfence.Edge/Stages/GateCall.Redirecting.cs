using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <content>Where a callee sends the call on with 3xx, and the route allows it (RFC 3261 §8.1.3.4).</content>
internal sealed partial class GateCall
{
    /// <summary>True when the call goes on, now or when the hosts have been looked up; what the response says then counts for nothing.</summary>
    private bool TryRedirect(SipResponse? response)
    {
        if (_isOver || response is null || _setup.Redirections is not { } redirections)
        {
            return false;
        }

        return redirections.Follow(response, _caller.From, late => Redirected(late, response)) is not { } known
            || TryRedirect(known);
    }

    private void Redirected(IReadOnlyList<ProxyTarget> found, SipResponse response)
    {
        if (!_isOver && !TryRedirect(found))
        {
            Refused(response.StatusCode, response);
        }
    }

    /// <summary>Before the route's other targets: who redirects has said where the callee is.</summary>
    private bool TryRedirect(IReadOnlyList<ProxyTarget> found)
    {
        if (found.Count == 0)
        {
            return false;
        }

        _targets = [.. found, .. _targets[_next..]];
        _next = 0;
        _progress.NextTarget();
        CallNext();
        return true;
    }
}
