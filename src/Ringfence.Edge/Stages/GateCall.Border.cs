using Ringfence.Edge.Gate;
using Ringfence.Edge.Gate.Border;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Stages;

/// <content>Session descriptions within the call cross the border where a leg's media does.</content>
internal sealed partial class GateCall : ISessionBorder
{
    /// <summary>The callee's dialog whose request was heard last.</summary>
    private EarlyFork _speaking;

    void ISessionBorder.Enter(Call leg, Body description, bool isOffer, Action<Body?> crossed)
    {
        EarlyFork fork = _speaking;
        if (BorderOf(leg) is { } border)
        {
            border.Enter(description, isOffer, Entered);
        }
        else
        {
            Entered(description);
        }

        void Entered(Body? body)
        {
            if (leg != _caller)
            {
                _media.Speaks(fork);
            }

            crossed(body);
        }
    }

    void ISessionBorder.Leave(Call leg, Body description, bool isOffer, Action<Body?> crossed)
    {
        if (BorderOf(leg) is { } border)
        {
            border.Leave(description, isOffer, crossed);
        }
        else
        {
            crossed(description);
        }
    }

    private BorderLeg? BorderOf(Call leg) =>
        leg == _caller ? _media.Border : _branches.Find(branch => branch.Call == leg)?.Border;
}
