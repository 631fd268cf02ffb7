using Dapper;
using Microsoft.Data.Sqlite;

namespace Ringfence.Edge.LiveFindings;

/// <summary>The findings of the edge's own calls, beside their records in the same file. Used by one thread at a time.</summary>
internal sealed class FindingStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS call_findings (
            call_id TEXT NOT NULL,
            finding TEXT NOT NULL,
            severity TEXT NOT NULL,
            confidence TEXT NOT NULL,
            seen TEXT NOT NULL,
            PRIMARY KEY (call_id, finding)
        ) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;

    private FindingStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, which the call records have made.</summary>
    internal static FindingStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout = 2000; PRAGMA synchronous = NORMAL;");
            connection.Execute(Schema);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new FindingStore(connection);
    }

    internal void Write(IEnumerable<FindingRow> rows)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _connection.Execute(
            "INSERT OR REPLACE INTO call_findings VALUES (@CallId, @Finding, @Severity, @Confidence, @Seen)",
            rows,
            transaction
        );
        transaction.Commit();
    }

    /// <summary>The findings of one call.</summary>
    internal IReadOnlyList<FindingRow> Of(string callId) =>
        [
            .. _connection.Query<FindingRow>(
                "SELECT call_id AS CallId, finding, severity, confidence, seen FROM call_findings WHERE call_id = @callId ORDER BY finding",
                new { callId }
            ),
        ];

    public void Dispose() => _connection.Dispose();
}
