using Ringfence.Codes;
using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-01: a final failure that carries a cause within which says more than its code.</summary>
internal sealed class FailureCause() : Rule("SG-01", FindingSeverity.Information, FindingBasis.Observed, "RFC 3326 §2")
{
    // The warn-codes of the registry (RFC 3261 §20.43, RFC 3329); others are the private notes of a product.
    private static readonly int[] WarnCodes = [300, 301, 302, 303, 304, 305, 306, 307, 330, 331, 370, 380, 381, 399];

    public override bool Applies(CallView call) => call.IsCall && call.Final is { Status: >= 400 };

    public override Finding? Check(CallView call)
    {
        var said = string.Join("; ", Reasons(call.Final!).Concat(Warnings(call.Final!)));
        return said.Length == 0
            ? null
            : Found(
                call,
                FindingConfidence.Certain,
                [call.Final],
                ("status", CallView.Status(call.Final)),
                ("said", said)
            );
    }

    private static List<string> Reasons(TraceMessage final)
    {
        var found = new List<string>();
        foreach (var item in final.Sip.Items(HeaderId.Reason))
        {
            if (!Reason.TryParse(item, out var reason) || reason.Cause < 0)
            {
                continue;
            }

            var protocol = TraceMessage.Text(reason.Protocol).ToUpperInvariant();
            if (
                protocol == "Q.850" ? IsUsual(final.Status, reason.Cause)
                : protocol == "SIP" ? reason.Cause == final.Status
                : false
            )
            {
                continue;
            }

            var name = protocol == "Q.850" ? CodeCatalogue.CauseName(reason.Cause) : null;
            var text = reason.Text.IsEmpty ? "" : $" \"{TraceMessage.Text(reason.Text)}\"";
            found.Add($"{protocol} {Number((long)reason.Cause)}{(name is null ? "" : $" ({name})")}{text}");
        }

        return found;
    }

    // Where the code is what a gateway makes of the cause, or the other way round, the cause says nothing new (RFC 3398).
    private static bool IsUsual(int status, int cause) =>
        CodeCatalogue.TryGet(status, out var facts)
        && (facts.Q850.To?.Cause == cause || facts.Q850.From.Any(from => from.Cause == cause));

    private static List<string> Warnings(TraceMessage final)
    {
        var found = new List<string>();
        foreach (var item in final.Sip.Items(HeaderId.Warning))
        {
            if (Warning.TryParse(item, out var warning) && WarnCodes.Contains(warning.Code))
            {
                found.Add($"Warning {Number((long)warning.Code)} \"{TraceMessage.Text(warning.Text)}\"");
            }
        }

        return found;
    }
}
