using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Gate;

/// <summary>The Reason lines of a refusal that goes from the callee to the caller.</summary>
internal static class CauseReason
{
    /// <summary>
    /// Those of the callee as they came. Where there is none with a Q.850 cause and the trunk names its profile, the one that the
    /// status stands for (RFC 6432), with its location (RFC 8606).
    /// </summary>
    internal static HeaderField[] Of(int statusCode, SipResponse? response, EarlyMediaTrunkConfiguration trunk)
    {
        HeaderField[] passed = Reasons.Of(response);
        bool hasCause = response is not null && Reason.TryFind(response, "Q.850"u8, out _);
        return hasCause || CauseProfile.Find(trunk.Causes)?.ReasonOf(statusCode) is not { } reason
            ? passed
            : [.. passed, new HeaderField(HeaderId.Reason, reason)];
    }
}
