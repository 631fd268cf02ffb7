using Microsoft.Data.Sqlite;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Evidence;

/// <summary>What callees together think of a caller, by the file of an edge that need not run. The file is only read.</summary>
public static class StoredReputation
{
    /// <summary>Reads it: the last snapshot, and the reports and granted appeals since.</summary>
    /// <param name="connection">An open connection to the file.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="at">When it is asked for: complaints fade.</param>
    /// <exception cref="SqliteException">The file is no such database.</exception>
    public static ReputationFacts Of(SqliteConnection connection, Party caller, DateTimeOffset at)
    {
        var table = new ReputationTable();
        EvidenceRestore.RestoreReputation(table, connection);
        return table.Read(caller, at);
    }
}
