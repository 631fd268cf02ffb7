using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>BK-28: 403 or 402 whose phrase, Warning or Reason says why.</summary>
internal sealed class ForbiddenExplained()
    : Rule("BK-28", FindingSeverity.Information, FindingBasis.Observed, "RFC 3261 §21.4.4")
{
    public override bool Applies(CallView call) => call.IsCall && call.Final?.Status is 402 or 403;

    private static readonly (string Word, string Class)[] Classes =
    [
        ("relay", "relay"),
        ("credit", "credit"),
        ("balance", "credit"),
        ("password", "credentials"),
        ("authenticat", "credentials"),
        ("auth id", "credentials"),
        ("auth user", "credentials"),
        ("credential", "credentials"),
        ("domain", "credentials"),
        ("caller id", "number"),
        ("cli", "number"),
        ("number", "number"),
        ("from", "number"),
        ("stale", "identity"),
        ("identity", "identity"),
        ("attest", "identity"),
        ("acl", "address"),
        ("ip ", "address"),
        ("barred", "barred"),
        ("barring", "barred"),
    ];

    public override Finding? Check(CallView call)
    {
        var said =
            call.Final!.Label + " " + call.Final.Header(HeaderId.Warning) + " " + call.Final.Header(HeaderId.Reason);
        var found = Classes.FirstOrDefault(c => said.Contains(c.Word, StringComparison.OrdinalIgnoreCase)).Class;
        var cause = Reason.TryFind(call.Final.Sip, "Q.850"u8, out var reason) ? reason.Cause : -1;
        found ??= cause is 52 or 53 or 54 or 55 or 57 ? "barred" : null;
        return found is null
            ? null
            : Found(call, FindingConfidence.Likely, [call.Invite, call.Final], ("class", found), ("said", said.Trim()));
    }
}
