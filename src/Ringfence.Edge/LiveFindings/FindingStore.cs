using Dapper;
using Microsoft.Data.Sqlite;

namespace Ringfence.Edge.LiveFindings;

/// <summary>The findings of the edge's own calls and the messages of the latest, beside their records in the same file. Used by one thread at a time.</summary>
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
        CREATE TABLE IF NOT EXISTS call_messages (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL UNIQUE,
            messages BLOB NOT NULL
        );
        """;

    /// <summary>The messages of so many calls are kept: two kilobytes each.</summary>
    private const int CallsWithMessages = 10_000;

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

    internal void Write(IEnumerable<FindingRow> rows, IReadOnlyList<TracedCall> calls)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _connection.Execute(
            "INSERT OR REPLACE INTO call_findings VALUES (@CallId, @Finding, @Severity, @Confidence, @Seen)",
            rows,
            transaction
        );
        _connection.Execute(
            "INSERT OR REPLACE INTO call_messages (call_id, messages) VALUES (@Id, @Messages)",
            calls.Select(call => new { call.Id, Messages = TracedCallBytes.Write(call) }),
            transaction
        );
        _connection.Execute(
            "DELETE FROM call_messages WHERE number <= (SELECT max(number) FROM call_messages) - @CallsWithMessages",
            new { CallsWithMessages },
            transaction
        );
        transaction.Commit();
    }

    /// <summary>The findings of one call.</summary>
    internal IReadOnlyList<FindingRow> Of(string callId) => Of(_connection, callId);

    /// <summary>The same by a connection of the reader's own.</summary>
    internal static IReadOnlyList<FindingRow> Of(SqliteConnection connection, string callId) =>
        [
            .. connection.Query<FindingRow>(
                "SELECT call_id AS CallId, finding, severity, confidence, seen FROM call_findings WHERE call_id = @callId ORDER BY finding",
                new { callId }
            ),
        ];

    public void Dispose() => _connection.Dispose();
}
