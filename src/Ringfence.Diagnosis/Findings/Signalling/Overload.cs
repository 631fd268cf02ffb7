using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-24: the called side says that it has too much to do.</summary>
internal sealed class Overload() : Rule("SG-24", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §21.5.4")
{
    private const int Burst = 5;
    private const long Window = 10_000_000_000;

    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 500 or 503;

    public override Finding? Check(CallView call)
    {
        var final = call.Final!;
        var wait = final.Header(HeaderId.RetryAfter);
        var control =
            Via.TryParse(final.Sip.Value(HeaderId.Via), out var via)
            && TraceMessage.Text(via.ParametersText).Contains(";oc=", StringComparison.OrdinalIgnoreCase);
        var burst = call
            .Others.JustBefore(call.Call, Window)
            .Count(c => c.Final?.Status is 500 or 503 && c.Callee.Bits == call.Call.Callee.Bits);
        return final.Status == 503 && (wait.Length > 0 || control)
                ? Found(call, FindingConfidence.Certain, [final], Values(final, wait, burst))
            : burst >= Burst ? Found(call, FindingConfidence.Likely, [final], Values(final, wait, burst))
            : null;
    }

    private static (string, string)[] Values(TraceMessage final, string wait, int burst) =>
        [
            ("status", CallView.Status(final)),
            ("wait", wait.Length > 0 ? wait : "–"),
            ("count", Number((long)burst)),
            ("server", final.Source.ToString()),
        ];
}
