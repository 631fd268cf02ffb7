using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>Reads the gravest finding of each call of a list: by the key of their table, for no more calls than a page shows.</summary>
internal static class FindingMarks
{
    internal static IReadOnlyDictionary<string, FindingMark> Of(
        SqliteConnection connection,
        IReadOnlyList<CallRecord> calls
    ) =>
        calls.Count == 0
            ? new Dictionary<string, FindingMark>(StringComparer.Ordinal)
            : connection
                .Query<(string Id, string Finding, string Severity)>(
                    """
                    SELECT call_id, finding, severity FROM call_findings WHERE call_id IN @ids
                    ORDER BY CASE severity WHEN 'Error' THEN 0 WHEN 'Warning' THEN 1 ELSE 2 END, finding
                    """,
                    new { ids = calls.Select(call => call.Id) }
                )
                .GroupBy(row => row.Id, StringComparer.Ordinal)
                .ToDictionary(
                    call => call.Key,
                    call => new FindingMark(call.First().Finding, call.First().Severity, call.Count() - 1),
                    StringComparer.Ordinal
                );
}
