using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Proxy;

/// <summary>What a proxied call tells whoever forwarded it. Called on the call's lane.</summary>
public interface IProxyListener
{
    /// <summary>A provisional response of 101 to 199 was passed on to the caller.</summary>
    void OnProgress(ProxiedCall call, SipResponse response) { }

    /// <summary>
    /// The final response was sent to the caller: called once. <paramref name="response"/> is the callee's, null when the proxy
    /// made it itself (408, 487, 500).
    /// </summary>
    void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response);
}
