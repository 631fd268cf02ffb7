using Ringfence.Edge.Configuration;
using Ringfence.Edge.Stages;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Gate;

/// <summary>The Reason lines of a refusal that goes from the callee to the caller.</summary>
internal static class CauseReason
{
    /// <summary>
    /// The status that goes to the caller: where the trunk names its profile, the one that the Q.850 cause of the callee's Reason
    /// stands for.
    /// </summary>
    internal static int StatusOf(int statusCode, SipResponse? response, EarlyMediaTrunkConfiguration trunk) =>
        response is not null
        && CauseProfile.Find(trunk.Causes) is { } profile
        && Reason.TryFind(response, "Q.850"u8, out Reason reason)
            ? profile.Refine(statusCode, reason.Cause, reason.Location.SequenceEqual("U"u8))
            : statusCode;

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
