namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-20: early media was answered with ICMP errors, and the caller sent nothing before the answer.</summary>
internal sealed class PinholeClosed() : Rule("EM-20", FindingSeverity.Warning, FindingBasis.Interop, "RFC 3960 §2")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any();

    public override Finding? Check(CallView call)
    {
        var error = call
            .Call.Unreachables.Where(u =>
                u.Time <= call.EarlyEnd && call.ToCaller.Any(s => s.Destination == u.Destination)
            )
            .ToList();
        var callerSends = call.Call.Streams.Any(s => s.Source.Bits == call.Call.Caller.Bits && s.Start < call.EarlyEnd);
        return error.Count == 0 || callerSends
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                error.Take(3).Select(u => new Evidence(u.Frame, u.Time, "ICMP " + u.Destination)),
                ("address", error[0].Destination.ToString())
            );
    }
}
