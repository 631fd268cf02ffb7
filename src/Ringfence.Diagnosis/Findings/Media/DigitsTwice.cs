using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-10: digits were sent in two ways at once, or their end was lost.</summary>
internal sealed class DigitsTwice() : Rule("MD-10", FindingSeverity.Warning, FindingBasis.Interop, "RFC 4733 §2.4")
{
    private const long Together = 1_000_000_000;

    public override bool Applies(CallView call) => call.Call.SignalledDigits.Any();

    public override Finding? Check(CallView call)
    {
        var digits = call.Call.SignalledDigits.ToList();
        var twice = digits.Find(d => d.Kind == DtmfKind.Info && digits.Exists(e => IsSame(d, e)));
        if (twice is not null)
        {
            return Result(call, FindingConfidence.Certain, twice, "twice");
        }

        // Three packets say that a digit has ended (RFC 4733 §2.5.1.4). The last digit of a trace may only be cut off.
        var endless = digits.Find(d =>
            d is { Kind: DtmfKind.Event, Ended: false }
            && d.Time + Together < (call.Call.Ending?.Time ?? call.Trace.End)
        );
        return endless is null ? null : Result(call, FindingConfidence.Likely, endless, "endless");
    }

    private static bool IsSame(DtmfDigit info, DtmfDigit other) =>
        other.Kind == DtmfKind.Event
        && other.Digit == info.Digit
        && other.Source.Bits == info.Source.Bits
        && Math.Abs(other.Time - info.Time) < Together;

    private Finding Result(CallView call, FindingConfidence confidence, DtmfDigit digit, string what) =>
        Found(
            call,
            confidence,
            [new Evidence(digit.Frame, digit.Time, $"{(what == "twice" ? "INFO" : "RTP")} {digit.Digit}")],
            ("digit", digit.Digit.ToString()),
            ("what", what)
        );
}
