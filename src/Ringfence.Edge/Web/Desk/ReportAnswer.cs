using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What a report did.</summary>
internal sealed record ReportAnswer
{
    public required string Caller { get; init; }
    public required string Callee { get; init; }

    [Description("Whether the caller is on the callee's list now")]
    public required bool Blocked { get; init; }

    [Description("Until when")]
    public required DateTimeOffset? Until { get; init; }

    [Description(
        "What it does for others: Counted; IdentityUnproven (the call's number was not validly signed as its caller's own, or no call is known); NoIdentity; ReporterCapped"
    )]
    public required string Outcome { get; init; }

    [Description("The call that it is about; empty where none is known")]
    public required string Call { get; init; }
}
