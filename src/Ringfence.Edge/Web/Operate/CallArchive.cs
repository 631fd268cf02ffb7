using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// Reads the edge's file for pages. Its connections can only read, few read at a time, and each looks at a bounded number of rows: calls and
/// what writes them never wait for a reader (SQLite's write-ahead log).
/// </summary>
internal sealed class CallArchive : IDisposable
{
    internal const int PageLength = 50;

    /// <summary>So many calls are looked at for one page, and no more.</summary>
    internal const int MostLookedAt = 20_000;

    private const int ReadersAtOnce = 4;

    private readonly SemaphoreSlim _room = new(ReadersAtOnce, ReadersAtOnce);
    private readonly string _connection;

    /// <param name="path">The database.</param>
    internal CallArchive(string path) =>
        _connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
        }.ConnectionString;

    /// <summary>Reads; for what has no method here.</summary>
    internal async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            return read(connection);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>A page of the calls that a filter lets through.</summary>
    internal Task<CallRows> CallsAsync(CallFilter filter, CallKey after, int length, CancellationToken cancellation) =>
        ReadAsync(
            connection =>
            {
                CallRows rows = Calls(connection, filter, after, length);
                return rows with { Findings = FindingMarks.Of(connection, rows.Calls) };
            },
            cancellation
        );

    /// <summary>One call; null where there is none.</summary>
    internal Task<CallRecord?> CallAsync(string id, CancellationToken cancellation) =>
        ReadAsync(
            connection =>
                connection
                    .QueryFirstOrDefault<CallRow>(
                        $"SELECT {CallRecordStore.Columns} FROM calls WHERE id = @id",
                        new { id }
                    )
                    ?.ToRecord(),
            cancellation
        );

    /// <summary>What the rules found on a call.</summary>
    internal Task<IReadOnlyList<FindingRow>> FindingsAsync(string id, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<FindingRow>>(connection => FindingStore.Of(connection, id), cancellation);

    /// <summary>The messages of a call; null where they were not kept, or not for so long.</summary>
    internal Task<TracedCall?> MessagesAsync(string id, CancellationToken cancellation) =>
        ReadAsync(
            connection =>
                connection.QueryFirstOrDefault<byte[]>(
                    "SELECT messages FROM call_messages WHERE call_id = @id",
                    new { id }
                )
                    is { } bytes
                    ? TracedCallBytes.Read(id, bytes)
                    : null,
            cancellation
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connection))
        {
            SqliteConnection.ClearPool(connection);
        }

        _room.Dispose();
    }

    private static CallRows Calls(SqliteConnection connection, CallFilter filter, CallKey after, int length)
    {
        const string After = "FROM calls WHERE (started, id) < (@Started, @Id) ORDER BY started DESC, id DESC";
        var asked = new
        {
            filter.Text,
            filter.Verdict,
            filter.Code,
            filter.Trunk,
            after.Started,
            after.Id,
            MostLookedAt,
            Last = MostLookedAt - 1,
            Limit = length + 1,
        };
        CallRow[] rows =
        [
            .. connection.Query<CallRow>(
                $"SELECT {CallRecordStore.Columns} FROM (SELECT * {After} LIMIT @MostLookedAt) WHERE {filter.Where()} LIMIT @Limit",
                asked
            ),
        ];
        if (rows.Length > length)
        {
            CallRow last = rows[length - 1];
            return new CallRows([.. rows[..length].Select(row => row.ToRecord())], new(last.Started, last.Id), false);
        }

        (string Started, string Id)? end = connection
            .Query<(string, string)>($"SELECT started, id {After} LIMIT 1 OFFSET @Last", asked)
            .Select(key => ((string, string)?)key)
            .FirstOrDefault();
        return new CallRows(
            [.. rows.Select(row => row.ToRecord())],
            end is { } key ? new CallKey(key.Started, key.Id) : null,
            end is not null
        );
    }
}
