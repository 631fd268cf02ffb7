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

    /// <summary>A response code that occurs in the call.</summary>
    public int? Code { get; init; }

    /// <summary>The id of a finding.</summary>
    public string? Finding { get; init; }

    /// <summary>Only calls (INVITE), not registrations and the like.</summary>
    public bool OnlyCalls { get; init; }

    /// <summary>Whether a call is to be shown.</summary>
    public bool Lets(Call call, CallDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(diagnosis);
        return (CallId is null || call.CallId.Contains(CallId, StringComparison.Ordinal))
            && (Party is null || Contains(call.From) || Contains(call.To))
            && (Code is null || call.Messages.Any(m => m.Status == Code))
            && (Finding is null || diagnosis.Of(call).Any(f => f.Id == Finding))
            && (!OnlyCalls || call.Kind == CallKind.Call);
    }

    private bool Contains(string uri) => uri.Contains(Party!, StringComparison.OrdinalIgnoreCase);
}
