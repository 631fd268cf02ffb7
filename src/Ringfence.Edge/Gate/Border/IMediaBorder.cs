using System.Net;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// What stands between callers and the edge's own relay for trunks whose media it takes. Nothing here waits: replies come back on the
/// call's lane.
/// </summary>
internal interface IMediaBorder : IAsyncDisposable
{
    /// <summary>True when it was asked last, and did not answer.</summary>
    bool IsAway { get; }

    /// <summary>The address by which it reaches this side.</summary>
    IPAddress Local { get; }

    /// <summary>The caller's offer goes in; the reply has the one for this side.</summary>
    void Offer(Lane lane, RtpEngineLeg leg, string sdp, Action<RtpEngineReply> replied);

    /// <summary>This side's answer goes in; the reply has the one for the caller.</summary>
    void Answer(Lane lane, RtpEngineLeg leg, string sdp, RtpEngineSide caller, Action<RtpEngineReply> replied);

    /// <summary>The call is over. Nobody waits for that.</summary>
    void Delete(RtpEngineLeg leg);
}
