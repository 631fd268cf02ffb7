using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// What stands between the far side of a leg and this side's session descriptions, such as a media relay of its own machine that ends
/// ICE and DTLS. Each description that comes or goes within the call crosses it; the reply comes now or later, on the call's lane. Null
/// stands for what cannot cross: 488.
/// </summary>
public interface ISessionBorder
{
    /// <summary>A leg's far side said this; what it is on this side is told.</summary>
    void Enter(Call leg, Body description, bool isOffer, Action<Body?> crossed);

    /// <summary>This side says this; what the leg's far side gets is told.</summary>
    void Leave(Call leg, Body description, bool isOffer, Action<Body?> crossed);
}
