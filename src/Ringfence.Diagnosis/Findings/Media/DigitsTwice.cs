using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-10: digits were sent in two ways at once.</summary>
internal sealed class DigitsTwice() : Rule("MD-10", FindingSeverity.Warning, FindingBasis.Interop, "RFC 4733 §2.4")
{
    public override bool Applies(CallView call) => call.Has(SipMethod.Info) && call.Call.Digits.Count > 0;

    private const long Together = 1_000_000_000;

    public override Finding? Check(CallView call)
    {
        var digits = call.Call.Digits;
        var twice = digits.FirstOrDefault(d =>
            d.Kind == DtmfKind.Info
            && digits.Any(e =>
                e.Kind == DtmfKind.Event
                && e.Digit == d.Digit
                && e.Source.Bits == d.Source.Bits
                && Math.Abs(e.Time - d.Time) < Together
            )
        );
        return twice is null
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [new Evidence(twice.Frame, twice.Time, "INFO " + twice.Digit)],
                ("digit", twice.Digit.ToString())
            );
    }
}
