using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ringfence.Screening;
using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Storage;

/// <summary>Reads what the verdicts of an edge's database rested on. The database is only read, and may be in use.</summary>
public sealed class CallFactsReader : IDisposable
{
    private const string Within =
        " FROM calls WHERE facts <> '' AND ($from IS NULL OR started >= $from) AND ($until IS NULL OR started < $until)";

    private readonly SqliteConnection _connection;

    private CallFactsReader(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file.</summary>
    /// <exception cref="SqliteException">The file is no such database, or was written by an edge that kept no facts.</exception>
    public static CallFactsReader Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ConnectionString
        );
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new CallFactsReader(connection);
    }

    /// <summary>How many calls it holds.</summary>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="until">The first moment that is no longer in it; null for the end.</param>
    public long Count(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using SqliteCommand command = Select("SELECT count(*)" + Within, from, until);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The facts of its calls, the oldest first.</summary>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="until">The first moment that is no longer in it; null for the end.</param>
    public IEnumerable<CallFacts> Read(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using SqliteCommand command = Select("SELECT facts" + Within + " ORDER BY started, id", from, until);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return JsonSerializer.Deserialize(reader.GetString(0), ScreeningJson.Default.CallFacts)!;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private SqliteCommand Select(string sql, DateTimeOffset? from, DateTimeOffset? until)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Both texts are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$from", (object?)from?.UtcDateTime.ToString("O") ?? DBNull.Value);
        command.Parameters.AddWithValue("$until", (object?)until?.UtcDateTime.ToString("O") ?? DBNull.Value);
        return command;
    }
}
