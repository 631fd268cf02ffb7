using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Screening;

namespace Ringfence.Edge.Storage;

/// <summary>What each verdict rested on, beside the records, so that a call can be put before another policy.</summary>
internal static class CallFactsTable
{
    internal const string Schema = """
        CREATE TABLE IF NOT EXISTS call_facts (
            id TEXT PRIMARY KEY,
            started TEXT NOT NULL,
            facts TEXT NOT NULL,
            verdict TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS call_facts_by_start ON call_facts (started);
        """;

    private const string Insert = "INSERT OR REPLACE INTO call_facts VALUES (@Id, @Started, @Facts, @Verdict)";

    /// <summary>Writes the facts of those records that have them.</summary>
    internal static void Write(SqliteConnection connection, IEnumerable<CallRecord> records, SqliteTransaction batch) =>
        connection.Execute(
            Insert,
            records
                .Where(record => record.Facts is not null)
                .Select(record => new
                {
                    record.Id,
                    Started = record.Started.UtcDateTime.ToString("O"),
                    Facts = JsonSerializer.Serialize(record.Facts!, ScreeningJson.Default.CallFacts),
                    Verdict = JsonSerializer.Serialize(record.Decided, ScreeningJson.Default.Verdict),
                }),
            batch
        );
}
