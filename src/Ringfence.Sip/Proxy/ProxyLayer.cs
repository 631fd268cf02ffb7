using Ringfence.Sip.Calls;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// A lane's proxy (RFC 3261 §16). It forwards the INVITEs that it is given and what follows within their dialogs by the Route
/// header that it recorded; everything else goes on to the calls.
/// </summary>
public sealed class ProxyLayer
{
    private readonly CallLayer _calls;

    /// <summary>A proxy in front of a lane's calls.</summary>
    public ProxyLayer(CallLayer calls) => _calls = calls;

    /// <summary>Forwarded INVITEs whose transactions are alive.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Forwards an undecided incoming call instead of answering it; the call object is done with and its listener hears no
    /// more. Null when the call is no longer open, or was refused by the checks of RFC 3261 §16.3 (482, 483, 420).
    /// </summary>
    public ProxiedCall? Forward(
        IncomingCall call,
        ReadOnlySpan<ProxyTarget> targets,
        ForwardOptions options,
        IProxyListener? listener
    ) => null;
}
