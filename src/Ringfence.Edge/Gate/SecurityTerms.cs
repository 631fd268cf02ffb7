using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Gate;

/// <summary>Which far legs are offered SRTP: those to trunks that say so.</summary>
internal static class SecurityTerms
{
    /// <summary>
    /// What the trunk of the target says. One of users may hold every address there is, and only those who have registered are its
    /// own.
    /// </summary>
    internal static MediaSecurity Of(GateSetup setup, in ProxyTarget target) =>
        setup.Services.State.TrunkOf(target.Destination)?.Configuration is { } terms
        && (terms.Authenticate != AuthenticateMode.Users || target.KeepFlow)
            ? terms.Srtp
            : MediaSecurity.None;
}
