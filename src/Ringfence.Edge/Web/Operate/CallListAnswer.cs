using System.ComponentModel;

namespace Ringfence.Edge.Web.Operate;

/// <summary>One page of calls as the API tells it.</summary>
internal sealed record CallListAnswer
{
    [Description("The newest first; without what is long")]
    public required IReadOnlyList<CallAnswer> Calls { get; init; }

    [Description("What to give as after for the next page; null at the end")]
    public required string? Next { get; init; }
}
