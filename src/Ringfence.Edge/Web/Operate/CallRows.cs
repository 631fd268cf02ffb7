using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>One page of calls, the newest first.</summary>
/// <param name="Calls">The calls.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="IsCut">Whether looking ended before the page was full: older calls were not looked at yet.</param>
public sealed record CallRows(IReadOnlyList<CallRecord> Calls, CallKey? Next, bool IsCut)
{
    /// <summary>The gravest finding of each of them that has any, by the id of the record.</summary>
    public IReadOnlyDictionary<string, FindingMark> Findings { get; init; } =
        new Dictionary<string, FindingMark>(StringComparer.Ordinal);
}
