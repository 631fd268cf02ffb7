using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-17: of a large request over UDP only the first fragment arrived.</summary>
internal sealed class FragmentsLost() : Rule("SG-17", FindingSeverity.Error, FindingBasis.Should, "RFC 3261 §18.1.1")
{
    private const int Fragment = 1_000;

    public override bool Applies(CallView call) => call.Call.Messages.Any(m => m.Transport == PacketTransport.Udp);

    public override Finding? Check(CallView call)
    {
        // Cut messages are this only where the capture itself took whole frames, and where what arrived fills a frame: a short one
        // with a wrong length in its UDP header is something else. No link carries less than 1,280 bytes today (RFC 8200 §5).
        if (call.Trace.Capture.LostFragments == 0)
        {
            return null;
        }

        var cut = call.Call.Messages.FirstOrDefault(m =>
            m.Truncated && m.Transport == PacketTransport.Udp && m.Captured >= Fragment
        );
        return cut is null ? null : Found(call, FindingConfidence.Likely, [cut], ("bytes", Number((long)cut.Captured)));
    }
}
