using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-04: every challenge calls the nonce stale.</summary>
internal sealed class StaleNonce() : Rule("SG-04", FindingSeverity.Warning, FindingBasis.Must, "RFC 7616 §3.4")
{
    public override bool Applies(CallView call) => call.With(401, 407).Any();

    private const int TooOften = 3;

    public override Finding? Check(CallView call)
    {
        var stale = call.With(401, 407).Where(IsStale).ToList();
        return stale.Count < TooOften
            ? null
            : Found(call, FindingConfidence.Certain, stale, ("count", Number((long)stale.Count)));
    }

    private static bool IsStale(TraceMessage message) =>
        (message.Header(HeaderId.WwwAuthenticate) + message.Header(HeaderId.ProxyAuthenticate))
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("\"", "", StringComparison.Ordinal)
            .Contains("stale=true", StringComparison.OrdinalIgnoreCase);
}
