using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-25: a registration holds for a much shorter time than asked, comes again too often, or is refused as too brief.</summary>
internal sealed class RegistrationFlaps()
    : Rule("SG-25", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3261 §10.3")
{
    private const int Short = 60;
    private const int Enough = 4;

    public override bool Applies(CallView call) => call.Call.Kind == CallKind.Registration;

    public override Finding? Check(CallView call)
    {
        var tooBrief = call.Hop.FirstOrDefault(m => m.Status == 423);
        if (tooBrief is not null)
        {
            return Found(
                call,
                FindingConfidence.Certain,
                [tooBrief],
                ("what", "423"),
                ("asked", Asked(call) is { } short_ ? Number((long)short_) : "–"),
                ("granted", "Min-Expires: " + tooBrief.Header(HeaderId.MinExpires))
            );
        }

        var accepted = call.Hop.Where(m => m.Status == 200 && m.CSeqMethod == SipMethod.Register).ToList();
        if (accepted.Count == 0 || Asked(call) is not (> 0 and var asked))
        {
            return null;
        }

        var granted = Expires(accepted[^1]);
        if (granted is > 0 and < Short && granted < asked / 2)
        {
            return Result(call, accepted.TakeLast(1), "granted", asked, granted.Value);
        }

        // A refresh is due at half of the time at the earliest; much more often means that something resets it.
        var gaps = accepted.Zip(accepted.Skip(1), CallView.Seconds).ToList();
        var often = gaps.Count(gap => gap < Short && gap < (granted ?? asked) / 4.0);
        return accepted.Count >= Enough && often >= Enough - 1
            ? Result(call, accepted, "often", asked, granted ?? asked)
            : null;
    }

    private Finding Result(CallView call, IEnumerable<TraceMessage> evidence, string what, int asked, int granted) =>
        Found(
            call,
            FindingConfidence.Likely,
            evidence,
            ("what", what),
            ("asked", Number((long)asked)),
            ("granted", Number((long)granted) + " s")
        );

    private static int? Asked(CallView call) =>
        call.Hop.LastOrDefault(m => m.Is(SipMethod.Register)) is { } request ? Expires(request) : null;

    // The parameter of the Contact counts before the header (RFC 3261 §10.2.1.1).
    private static int? Expires(TraceMessage message)
    {
        if (
            NameAddr.TryParse(message.Sip.Value(HeaderId.Contact), out var contact)
            && contact.TryGetParameter("expires"u8, out var parameter)
            && int.TryParse(parameter, out var ofContact)
        )
        {
            return ofContact;
        }

        return int.TryParse(message.Sip.Value(HeaderId.Expires), out var header) ? header : null;
    }
}
