using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Registrar;

/// <summary>The SQLite table of registered contacts. Used by one thread at a time.</summary>
internal sealed class BindingTable : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS bindings (
            address TEXT NOT NULL,
            uri BLOB NOT NULL,
            parameters BLOB NOT NULL,
            q INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            call_id BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            path BLOB NOT NULL,
            transport INTEGER NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (address, uri)
        ) WITHOUT ROWID;
        """;

    private const string Insert = """
        INSERT OR REPLACE INTO bindings VALUES (
            @Address, @Uri, @Parameters, @Q, @Expires, @CallId, @Sequence, @Path, @Transport, @Source)
        """;

    private const string Select = """
        SELECT address, uri, parameters, q, expires, call_id AS CallId, sequence, path, transport, source
        FROM bindings WHERE expires > @now ORDER BY address, expires
        """;

    private readonly SqliteConnection _connection;

    private BindingTable(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, and makes the table when it is not there.</summary>
    /// <exception cref="SqliteException">The file is no such database or cannot be written.</exception>
    internal static BindingTable Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;");
            connection.Execute(Schema);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new BindingTable(connection);
    }

    /// <summary>Puts each address-of-record's contacts in the place of those that it had: all or nothing.</summary>
    internal void Write(IReadOnlyCollection<KeyValuePair<AddressOfRecord, IReadOnlyList<Binding>>> changes)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach ((AddressOfRecord address, IReadOnlyList<Binding> bindings) in changes)
        {
            string key = address.ToString();
            _connection.Execute("DELETE FROM bindings WHERE address = @key", new { key }, transaction);
            _connection.Execute(Insert, bindings.Select(binding => ToRow(key, binding)), transaction);
        }

        transaction.Commit();
    }

    /// <summary>What is still in force. A browser's connection has not outlived the process that it was made to.</summary>
    internal IEnumerable<(AddressOfRecord Address, IReadOnlyList<Binding> Bindings)> Read(DateTimeOffset now)
    {
        _connection.Execute("DELETE FROM bindings WHERE expires <= @now", new { now = now.ToUnixTimeMilliseconds() });
        foreach (
            IGrouping<string, BindingRow> rows in _connection
                .Query<BindingRow>(Select, new { now = now.ToUnixTimeMilliseconds() })
                .GroupBy(row => row.Address)
        )
        {
            Binding[] bindings =
            [
                .. rows.Select(ToBinding).OfType<Binding>().Where(binding => !binding.From.IsWebSocket),
            ];
            int at = rows.Key.LastIndexOf('@');
            string uri = $"sip:{Uri.EscapeDataString(rows.Key[..at])}@{rows.Key[(at + 1)..]}";
            if (
                bindings.Length > 0
                && AddressOfRecord.TryParse(System.Text.Encoding.UTF8.GetBytes(uri), out var address)
            )
            {
                yield return (address, bindings);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static object ToRow(string address, Binding binding) =>
        new
        {
            Address = address,
            Uri = binding.Uri.ToArray(),
            Parameters = binding.Parameters.ToArray(),
            binding.Q,
            Expires = binding.Expires.ToUnixTimeMilliseconds(),
            CallId = binding.CallId.ToArray(),
            binding.Sequence,
            Path = binding.Path.ToArray(),
            Transport = (int)binding.From.Kind,
            Source = binding.From.ToEndPoint().ToString(),
        };

    private static Binding? ToBinding(BindingRow row) =>
        IPEndPoint.TryParse(row.Source, out IPEndPoint? source)
            ? new Binding
            {
                Uri = row.Uri,
                Parameters = row.Parameters,
                Q = row.Q,
                Expires = DateTimeOffset.FromUnixTimeMilliseconds(row.Expires),
                CallId = row.CallId,
                Sequence = (uint)row.Sequence,
                Path = row.Path,
                From = Peer.From((TransportKind)row.Transport, source),
            }
            : null;
}
