using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>No border: descriptions are on both sides the same.</summary>
internal sealed class OpenBorder : ISessionBorder
{
    internal static readonly OpenBorder Instance = new();

    public void Enter(Call leg, Body description, bool isOffer, Action<Body?> crossed) => crossed(description);

    public void Leave(Call leg, Body description, bool isOffer, Action<Body?> crossed) => crossed(description);
}
