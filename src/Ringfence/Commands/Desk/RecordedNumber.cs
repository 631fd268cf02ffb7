using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Evidence;
using Ringfence.Screening;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Desk;

/// <summary>What the database of an edge knows of a number; it is only read. Rates and the operator's lists are those of its latest call: they live in the edge.</summary>
internal static class RecordedNumber
{
    private const string Calls = """
        SELECT id, started, callee, verdict, reasons, status_code AS status, attestation FROM calls
        WHERE caller = $number ORDER BY started DESC LIMIT 20
        """;

    private const string Reports =
        "SELECT at, channel AS via, outcome FROM reports WHERE caller = $number ORDER BY at DESC LIMIT 20";

    private const string Entries = """
        SELECT callee, CASE is_allowed WHEN 0 THEN 'blocked' ELSE 'allowed' END AS list, since, until, channel AS via
        FROM personal_entries WHERE caller = $number AND (until = '' OR until > strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) LIMIT 20
        """;

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
                WriteReputation(json, StoredReputation.Of(connection, party, TimeProvider.System.GetUtcNow()));
                WriteFacts(json, connection, party);
                Write(json, "entries", connection, Entries, party);
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

    private static void WriteReputation(Utf8JsonWriter json, ReputationFacts reputation)
    {
        json.WriteNumber("reputation", reputation.Score);
        json.WriteNumber("reporters", reputation.Reporters);
        json.WriteBoolean("vouched", reputation.Vouched);
    }

    /// <summary>How the number had been dialling when it last called, and the operator's lists that it was on.</summary>
    private static void WriteFacts(Utf8JsonWriter json, SqliteConnection connection, Party party)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT facts FROM calls WHERE caller = $number AND facts <> '' ORDER BY started DESC LIMIT 1";
        command.Parameters.AddWithValue("$number", party.Text);
        json.WriteStartArray("lists");
        CallFacts? facts = command.ExecuteScalar() is string text
            ? JsonSerializer.Deserialize(text, ScreeningJson.Default.CallFacts)
            : null;
        foreach (ListHit hit in facts?.Lists ?? [])
        {
            if (hit.Subject == ListSubject.Caller && !WellKnownLists.IsOfCallee(hit.List))
            {
                json.WriteStringValue($"{hit.List} ({hit.Entry})");
            }
        }

        json.WriteEndArray();
        if (facts is not null)
        {
            json.WriteString("asOf", facts.At);
            json.WritePropertyName("rates");
            JsonSerializer.Serialize(json, facts.Rates, ScreeningJson.Default.RateFacts);
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
