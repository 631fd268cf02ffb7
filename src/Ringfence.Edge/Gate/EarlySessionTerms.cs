using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Gate;

/// <summary>With whom early sessions are spoken (RFC 3959): trunks that say so, where media comes straight here and 18x may be reliable.</summary>
internal static class EarlySessionTerms
{
    /// <summary>Whether callers of a trunk may be offered one.</summary>
    internal static bool OfCaller(TrunkConfiguration trunk) =>
        trunk.Early.SpeaksEarlySessions
        && trunk.Media != TrunkMedia.RtpEngine
        && trunk.Call.Reliability != Reliability.Off;

    /// <summary>
    /// Whether a callee may offer one. A trunk of users may hold every address there is, and only those who have registered are its own.
    /// </summary>
    internal static bool OfCallee(GateSetup setup, in ProxyTarget target, BorderLeg? border) =>
        border is null
        && setup.Services.State.TrunkOf(target.Destination)?.Configuration is { Early.SpeaksEarlySessions: true } terms
        && terms.Call.Reliability != Reliability.Off
        && (terms.Authenticate != AuthenticateMode.Users || target.KeepFlow);
}
