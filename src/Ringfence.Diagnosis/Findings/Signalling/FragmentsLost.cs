using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-17: of a large request over UDP only the first fragment arrived.</summary>
internal sealed class FragmentsLost() : Rule("SG-17", FindingSeverity.Error, FindingBasis.Should, "RFC 3261 §18.1.1")
{
    public override bool Applies(CallView call) => call.Call.Messages.Any(m => m.Transport == PacketTransport.Udp);

    public override Finding? Check(CallView call)
    {
        // Cut messages are this only where the capture itself took whole frames.
        if (call.Trace.Capture.LostFragments == 0)
        {
            return null;
        }

        var cut = call.Call.Messages.FirstOrDefault(m => m.Truncated && m.Transport == PacketTransport.Udp);
        return cut is null
            ? null
            : Found(call, FindingConfidence.Likely, [cut], ("bytes", Number((long)cut.Sip.Bytes.Length)));
    }
}
