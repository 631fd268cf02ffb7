using Dapper;
using Microsoft.Data.Sqlite;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// The tables of what users say and of refusals, in the file of the call records. One connection writes, on the writer's thread;
/// the other one reads, for pages and API.
/// </summary>
internal sealed class EvidenceStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS refusals (
            token TEXT PRIMARY KEY, call_id TEXT NOT NULL, at TEXT NOT NULL, status_code INTEGER NOT NULL, phrase TEXT NOT NULL,
            verdict TEXT NOT NULL, facts TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS refusals_by_time ON refusals (at);
        CREATE TABLE IF NOT EXISTS appeals (
            token TEXT PRIMARY KEY, at TEXT NOT NULL, reach TEXT NOT NULL, message TEXT NOT NULL, state TEXT NOT NULL,
            answer TEXT NOT NULL, answered TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS personal_entries (
            callee TEXT NOT NULL, caller TEXT NOT NULL, is_allowed INTEGER NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
            channel TEXT NOT NULL, PRIMARY KEY (callee, caller)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS histories (
            callee TEXT NOT NULL, caller TEXT NOT NULL, dialled INTEGER NOT NULL, answered INTEGER NOT NULL,
            contact INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (callee, caller)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS preferences (callee TEXT PRIMARY KEY, wishes TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS reports (
            at TEXT NOT NULL, caller TEXT NOT NULL, reporter TEXT NOT NULL, channel TEXT NOT NULL, identity_held INTEGER NOT NULL,
            delivered INTEGER NOT NULL, outcome TEXT NOT NULL, call_id TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS reports_by_caller ON reports (caller, at);
        CREATE TABLE IF NOT EXISTS emergency_calls (caller TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
        DROP TABLE IF EXISTS reputation;
        CREATE TABLE IF NOT EXISTS reputation_snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL, records BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS received_cards (
            call_id TEXT PRIMARY KEY, at TEXT NOT NULL, fault TEXT NOT NULL, signer TEXT NOT NULL, name TEXT NOT NULL,
            url TEXT NOT NULL, email TEXT NOT NULL, tel TEXT NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly Lock _readLock = new();

    private EvidenceStore(SqliteConnection writing, SqliteConnection reading)
    {
        _writing = writing;
        _reading = reading;
    }

    /// <summary>Opens the file, and makes what is not there.</summary>
    /// <exception cref="SqliteException">The file is no such database or cannot be written.</exception>
    internal static EvidenceStore Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        SqliteConnection writing = Connect(path);
        SqliteConnection? reading = null;
        try
        {
            writing.Execute(Schema);
            reading = Connect(path);
            return new EvidenceStore(writing, reading);
        }
        catch
        {
            writing.Dispose();
            reading?.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch: all of it or nothing.</summary>
    internal void Write(IEnumerable<Action<SqliteTransaction>> batch)
    {
        using SqliteTransaction transaction = _writing.BeginTransaction();
        foreach (Action<SqliteTransaction> write in batch)
        {
            write(transaction);
        }

        transaction.Commit();
    }

    /// <summary>Reads; never on a call's path.</summary>
    internal T Read<T>(Func<SqliteConnection, T> read)
    {
        lock (_readLock)
        {
            return read(_reading);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writing.Dispose();
        _reading.Dispose();
    }

    /// <summary>A time as it lies in the tables: sorted as text it is sorted in time.</summary>
    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O");

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
