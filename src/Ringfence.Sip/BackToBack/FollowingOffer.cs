using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>An offer that follows from what the other leg has agreed to by itself: its answer only has to be noted.</summary>
internal sealed class FollowingOffer(LegPair legs, Leg to) : IRequestListener
{
    public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response)
    {
        if (statusCode < 300)
        {
            legs.TakeFollowing(to, call, response!);
        }
        else
        {
            legs.TakeRefusal(1 - to);
        }
    }
}
