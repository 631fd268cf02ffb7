using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;

namespace Ringfence.Diagnosis.Report;

/// <summary>Which calls a report shows; what is not set lets everything through.</summary>
public sealed record CallFilter
{
    /// <summary>Part of the Call-ID.</summary>
    public string? CallId { get; init; }

    /// <summary>Part of the URI of From or To.</summary>
    public string? Party { get; init; }

    /// <summary>Part of the URI of From.</summary>
    public string? From { get; init; }

    /// <summary>Part of the URI of To.</summary>
    public string? To { get; init; }

    /// <summary>A response code that occurs in the call; a single digit stands for its class.</summary>
    public int? Code { get; init; }

    /// <summary>The id of a finding, or how it begins: <c>EM</c> for all about early media.</summary>
    public string? Finding { get; init; }

    /// <summary>Only what did not succeed, or has errors among its findings.</summary>
    public bool OnlyFailed { get; init; }

    /// <summary>Only calls (INVITE), not registrations and the like.</summary>
    public bool OnlyCalls { get; init; }

    /// <summary>This call alone.</summary>
    public Call? Only { get; init; }

    /// <summary>Whether a call is to be shown.</summary>
    public bool Lets(Call call, CallDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(diagnosis);
        return (Only is null || Only == call)
            && (CallId is null || call.CallId.Contains(CallId, StringComparison.Ordinal))
            && (Party is null || Contains(call.From, Party) || Contains(call.To, Party))
            && (From is null || Contains(call.From, From))
            && (To is null || Contains(call.To, To))
            && (Code is null || call.Messages.Any(m => m.Status == Code || m.Status / 100 == Code))
            && (Finding is null || diagnosis.Of(call).Any(f => f.Id.StartsWith(Finding, StringComparison.Ordinal)))
            && (!OnlyFailed || HasFailed(call, diagnosis))
            && (!OnlyCalls || call.Kind == CallKind.Call);
    }

    private static bool HasFailed(Call call, CallDiagnosis diagnosis) =>
        call.State is CallState.Unanswered or CallState.Refused or CallState.Failed
        || diagnosis.Of(call).Any(finding => finding.Severity == FindingSeverity.Error);

    private static bool Contains(string uri, string part) => uri.Contains(part, StringComparison.OrdinalIgnoreCase);
}
