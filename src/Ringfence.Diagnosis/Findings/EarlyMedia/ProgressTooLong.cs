using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-26: the early phase lasted longer than proxies wait, without a provisional response a minute.</summary>
internal sealed class ProgressTooLong()
    : Rule("EM-26", FindingSeverity.Warning, FindingBasis.Must, "RFC 3261 §13.3.1.1")
{
    public override bool Applies(CallView call) => call.Provisionals.Count > 0;

    private const double Minute = 60;

    // Timer C of a proxy is more than three minutes (RFC 3261 §16.6 step 11).
    private const double TimerC = 180;

    public override Finding? Check(CallView call)
    {
        var times = call.Call.FirstHop.Where(m => m.Answers(SipMethod.Invite, 101, 199)).Select(m => m.Time).ToList();
        var longest = times.Zip(times.Skip(1).Append(call.EarlyEnd), CallView.Seconds).Max();
        var expired = call.Final?.Status is 408 or 487 or 504 && !call.Has(SipMethod.Cancel);
        return longest > TimerC || (longest > Minute && expired)
            ? Found(
                call,
                expired ? FindingConfidence.Likely : FindingConfidence.Possible,
                call.Provisionals.Append(call.Final),
                ("seconds", Number(longest))
            )
            : null;
    }
}
