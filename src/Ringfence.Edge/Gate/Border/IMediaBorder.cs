using System.Net;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Gate.Border;

/// <summary>
/// What stands between far sides and the edge's own relay for trunks whose media it takes. Nothing here waits: replies come back on the
/// call's lane.
/// </summary>
internal interface IMediaBorder : IAsyncDisposable
{
    /// <summary>True when it was asked last, and did not answer.</summary>
    bool IsAway { get; }

    /// <summary>The address by which it reaches this side.</summary>
    IPAddress Local { get; }

    /// <summary>The offer of one side goes in; the reply has the one for the other side.</summary>
    void Offer(Lane lane, RtpEngineLeg leg, string sdp, RtpEngineSide towards, Action<RtpEngineReply> replied);

    /// <summary>The answer goes in; the reply has the one for the side that offered.</summary>
    void Answer(Lane lane, RtpEngineLeg leg, string sdp, RtpEngineSide towards, Action<RtpEngineReply> replied);

    /// <summary>A call there is over. Nobody waits for that.</summary>
    void Delete(string call);
}
