using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-14: RTCP shares the port of RTP on one side only, or does not come at all.</summary>
internal sealed class RtcpMismatch() : Rule("MD-14", FindingSeverity.Information, FindingBasis.Must, "RFC 5761 §5.1.1")
{
    // Reports come every five seconds on average (RFC 3550 §6.2): a minute without one is no chance.
    private const double LongEnough = 60;

    public override bool Applies(CallView call) =>
        call.Offer is { IsRtp: true } && call.Final is { Status: >= 200 and < 300, Sdp.Audio: not null };

    public override Finding? Check(CallView call)
    {
        var answer = call.Final!.Sdp!.Audio!;
        if (answer is { RtcpMux: true, IsRejected: false } && !call.Offer!.RtcpMux)
        {
            return Result(call, "rtcp-mux", FindingConfidence.Certain) with { Severity = FindingSeverity.Warning };
        }

        var rtcp = call.Trace.Rtcp.Destinations;
        var agreed = answer.RtcpMux && call.Offer!.RtcpMux;
        if (Split(call, answer, rtcp, agreed) is { } split)
        {
            return split;
        }

        // Only where others of the same trace have RTCP: else the capture may lack it.
        var stream = call.Call.Streams.FirstOrDefault(s => CallView.Seconds(s.Start, s.End) > LongEnough);
        return
            stream is null
            || rtcp.Count == 0
            || call.Call.Streams.Any(s =>
                rtcp.Contains(s.Destination) || rtcp.Contains(s.Destination.WithPort(s.Destination.Port + 1))
            )
            ? null
            : Result(call, "absent", FindingConfidence.Possible);
    }

    private Finding? Split(CallView call, MediaDescription answer, HashSet<Capture.PacketAddress> rtcp, bool agreed)
    {
        foreach (var media in new[] { call.OfferedTo, CallView.AudioAddress(call.Final!) })
        {
            if (media is not { } address || answer.IsRejected)
            {
                continue;
            }

            var apart = rtcp.Contains(address.WithPort(address.Port + 1)) && !rtcp.Contains(address);
            var shared = rtcp.Contains(address) && !rtcp.Contains(address.WithPort(address.Port + 1));
            if (agreed ? apart : shared)
            {
                return Result(call, agreed ? "RTP+1" : "RTP", FindingConfidence.Likely);
            }
        }

        return null;
    }

    private Finding Result(CallView call, string what, FindingConfidence confidence) =>
        Found(
            call,
            confidence,
            [call.Invite, call.Final],
            ("what", what),
            ("offered", call.Offer!.RtcpMux ? "a=rtcp-mux" : "–"),
            ("answered", call.Final!.Sdp!.Audio!.RtcpMux ? "a=rtcp-mux" : "–")
        );
}
