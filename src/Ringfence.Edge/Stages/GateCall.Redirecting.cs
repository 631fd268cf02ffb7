using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <content>Where a callee sends the call on with 3xx, and the route allows it (RFC 3261 §8.1.3.4).</content>
internal sealed partial class GateCall
{
    private int _redirecting;

    /// <summary>True when the call goes on, now or when the hosts have been looked up; what the response says then counts for nothing.</summary>
    private bool TryRedirect(GateBranch branch, int statusCode, SipResponse? response)
    {
        if (_isClosed || response is null || _setup.Redirections is not { } redirections)
        {
            return false;
        }

        IReadOnlyList<ProxyTarget>? known = redirections.Follow(
            response,
            _caller.From,
            late =>
            {
                _redirecting--;
                if (!TryRedirect(late))
                {
                    Rejected(branch, statusCode, response);
                }
            }
        );
        if (known is null)
        {
            _redirecting++;
            return true;
        }

        return TryRedirect(known);
    }

    /// <summary>Before the route's other targets: who redirects has said where the callee is.</summary>
    private bool TryRedirect(IReadOnlyList<ProxyTarget> found)
    {
        if (found.Count == 0 || _isClosed)
        {
            return false;
        }

        _targets = new Queue<ProxyTarget>([.. found, .. _targets]);
        Continue();
        return true;
    }
}
