using Ringfence.Edge.Web.Desk;

namespace Ringfence.Edge.Web.Operate;

/// <summary>What the page of lists shows.</summary>
/// <param name="Text">What was searched for: part of a number or address of either side.</param>
/// <param name="Entries">Entries of callees' own lists, in the order of their callees.</param>
/// <param name="Next">Callee and caller after which the next page begins; null at the end.</param>
/// <param name="Reports">The latest reports.</param>
/// <param name="Lists">The operator's lists.</param>
public sealed record ListRows(
    string Text,
    IReadOnlyList<ListRow> Entries,
    string? Next,
    IReadOnlyList<ReportRow> Reports,
    IReadOnlyList<ListSummary> Lists
);
