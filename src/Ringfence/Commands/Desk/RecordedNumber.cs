using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Desk;

/// <summary>What the database of an edge knows of a number; it is only read. Rates live in the edge alone.</summary>
internal static class RecordedNumber
{
    private const string Calls = """
        SELECT id, started, callee, verdict, reasons, status_code AS status, attestation FROM calls
        WHERE caller = $number ORDER BY started DESC LIMIT 20
        """;

    private const string Reports =
        "SELECT at, channel AS via, outcome FROM reports WHERE caller = $number ORDER BY at DESC LIMIT 20";

    /// <summary>The same shape as the API answers with; null, and the reason is told, where it cannot be read.</summary>
    internal static EdgeReply? Read(string path, Party party)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"ringfence: {path} does not exist");
            return null;
        }

        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ConnectionString
            );
            connection.Open();
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("number", party.Text);
                Write(json, "reports", connection, Reports, party);
                Write(json, "calls", connection, Calls, party);
                json.WriteEndObject();
            }

            using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
            return new EdgeReply(200, document.RootElement.Clone());
        }
        catch (SqliteException e)
        {
            Console.Error.WriteLine($"ringfence: {path} is no database of an edge: {e.Message}");
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, SqliteConnection connection, string sql, Party party)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Both texts are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$number", party.Text);
        using SqliteDataReader reader = command.ExecuteReader();
        json.WriteStartArray(name);
        while (reader.Read())
        {
            json.WriteStartObject();
            for (int column = 0; column < reader.FieldCount; column++)
            {
                json.WriteString(reader.GetName(column), reader.GetString(column));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
