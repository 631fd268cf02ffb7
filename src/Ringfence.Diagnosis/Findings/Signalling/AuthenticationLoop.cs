using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-02: credentials were sent, and challenged again and again.</summary>
internal sealed class AuthenticationLoop() : Rule("SG-02", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §22.1")
{
    public override bool Applies(CallView call) => call.With(401, 407).Any();

    private const int TooOften = 3;

    public override Finding? Check(CallView call)
    {
        var tries = call
            .Hop.Where(m =>
                m.Request is not null && (m.Sip.Has(HeaderId.Authorization) || m.Sip.Has(HeaderId.ProxyAuthorization))
            )
            .ToList();
        var challenges = call.With(401, 407).ToList();
        var accepted = call.Hop.Any(m => m.Status is >= 200 and < 300 && m.CSeq >= challenges[^1].CSeq);
        var wrong = call.Hop.FirstOrDefault(m => m.Status == 403 && tries.Count > 0);
        return accepted || tries.Count == 0 || (challenges.Count < TooOften && wrong is null)
            ? null
            : Found(
                call,
                Confidence(wrong, challenges.Count),
                challenges.Append(wrong),
                ("count", Number((long)challenges.Count)),
                ("status", CallView.Status(wrong ?? challenges[^1]))
            );
    }

    // A 403 after credentials may forbid something else as well: the phrase, or the number of tries, tells.
    private static FindingConfidence Confidence(TraceMessage? wrong, int challenges) =>
        wrong is null ? FindingConfidence.Likely
        : Words.Any(word => wrong.Label.Contains(word, StringComparison.OrdinalIgnoreCase)) ? FindingConfidence.Certain
        : challenges >= TooOften ? FindingConfidence.Likely
        : FindingConfidence.Possible;

    private static readonly string[] Words = ["password", "credential", "auth"];
}
