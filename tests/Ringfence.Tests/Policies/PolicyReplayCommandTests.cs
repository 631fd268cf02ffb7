using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Screening;
using Ringfence.Screening.Facts;

namespace Ringfence.Tests.Policies;

public sealed class PolicyReplayCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly Folder _folder = new();
    private readonly string _new;

    public PolicyReplayCommandTests() =>
        _new = _folder.Write(
            "new.yaml",
            "policy: [ { name: spam, when: { caller: \"+33900*\" }, then: refuse 608 } ]\n"
        );

    [Fact]
    public async Task The_records_of_an_edge_are_put_before_both_policies()
    {
        string database = Database();

        CommandResult table = await Command.RunAsync("policy", "replay", "default", _new, database);
        CommandResult line = await Command.RunAsync([
            "policy",
            "replay",
            "default",
            _new,
            database,
            "--summary",
            "--from",
            "2026-11-21T12:05:00Z",
        ]);
        CommandResult same = await Command.RunAsync("policy", "replay", "default", "default", database);

        table.ExitCode.ShouldBe(1, table.Error);
        table.Output.ShouldContain("2 of 10 calls would fare differently");
        table.Output.ShouldMatch("2 +progress +refuse 608 +spam");
        table.Output.ShouldContain("2026-11-21 12:00:00Z  +33900000000  +33199001234");
        line.Output.ShouldBe(
            $"1 of 5 calls would fare differently: 1 progress -> refuse 608 (spam){Environment.NewLine}"
        );
        same.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Facts_as_json_are_read_as_an_array_or_one_a_line_with_or_without_a_record_around_them()
    {
        string[] calls = [.. Enumerable.Range(0, 10).Select(n => Json(Call(n)))];
        string lines = _folder.Write("calls.jsonl", string.Join('\n', calls));
        string array = _folder.Write(
            "calls.json",
            $"[ {string.Join(", ", calls.Select(c => $"{{ \"facts\": {c} }}"))} ]"
        );

        CommandResult result = await Command.RunAsync("policy", "replay", "default", _new, lines, array, "--json");

        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        json.GetProperty("calls").GetInt32().ShouldBe(20);
        json.GetProperty("changed").GetInt32().ShouldBe(4);
        json.GetProperty("differences")[0]
            .GetProperty("facts")
            .GetProperty("caller")
            .GetString()
            .ShouldBe("+33900000000");
    }

    [Fact]
    public async Task A_capture_tells_the_calls_and_their_rates_itself()
    {
        string fast = _folder.Write(
            "fast.yaml",
            "policy: [ { name: fast, when: { calls-per-minute: \">= 3\", diversions: 1 }, then: challenge press-digit } ]\n"
        );

        CommandResult result = await Command.RunAsync("policy", "replay", "default", fast, Capture());

        result.ExitCode.ShouldBe(1, result.Error);
        result.Output.ShouldContain("2 of 4 calls would fare differently");
        result.Output.ShouldMatch("2 +progress +challenge press-digit +fast");
    }

    [Fact]
    public async Task Each_side_looks_callers_up_in_the_lists_of_its_own_file()
    {
        const string policy = "policy: [ { when: { caller-in: spam }, then: refuse 608 } ]\n";
        string old = _folder.Write("old.yaml", "lists: [ { name: spam, numbers: [ \"+33900*\" ] } ]\n" + policy);
        string next = _folder.Write("next.yaml", "lists: [ { name: spam, numbers: [ \"+33612*\" ] } ]\n" + policy);

        CommandResult result = await Command.RunAsync("policy", "replay", old, next, Database(), "--limit", "0");

        result.Output.ShouldContain("10 of 10 calls would fare differently");
        result.Output.ShouldMatch("8 +progress +refuse 608");
        result.Output.ShouldMatch("2 +refuse 608 +progress");
    }

    [Fact]
    public async Task What_cannot_be_read_is_named()
    {
        string noise = _folder.Write("noise.bin", new string('\u0001', 500));
        string empty = _folder.Path("other.db");
        await using (var other = new SqliteConnection($"Data Source={empty};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE t (a)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        CommandResult unread = await Command.RunAsync("policy", "replay", "default", _new, noise);
        CommandResult foreign = await Command.RunAsync("policy", "replay", "default", _new, empty);
        CommandResult broken = await Command.RunAsync([
            "policy",
            "replay",
            "default",
            _new,
            _folder.Write("x.json", "{ \"caller\": 5 }"),
        ]);

        (unread.ExitCode, foreign.ExitCode, broken.ExitCode).ShouldBe((2, 2, 2));
        unread.Error.ShouldContain("noise.bin: nothing in it could be read");
        foreign.Error.ShouldContain("other.db: the database of no edge");
        broken.Error.ShouldContain("x.json: no facts of calls");
    }

    public void Dispose() => _folder.Dispose();

    private static CallFacts Call(int n) =>
        new()
        {
            At = Noon.AddMinutes(n),
            Caller = Party.Parse(n % 5 == 0 ? "+33900000000" : "+33612345678"),
            Callee = Party.Parse("+33199001234"),
        };

    private static string Json(CallFacts facts) => JsonSerializer.Serialize(facts, ScreeningJson.Default.CallFacts);

    private string Database()
    {
        string path = _folder.Path("ringfence.db");
        using var records = new SqliteConnection($"Data Source={path};Pooling=False");
        records.Open();
        using SqliteCommand command = records.CreateCommand();
        command.CommandText = "CREATE TABLE calls (id TEXT PRIMARY KEY, started TEXT NOT NULL, facts TEXT NOT NULL)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO calls VALUES ($id, $started, $facts)";
        for (int n = 0; n < 10; n++)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$id", $"call-{n}");
            command.Parameters.AddWithValue("$started", Call(n).At.UtcDateTime.ToString("O"));
            command.Parameters.AddWithValue("$facts", Json(Call(n)));
            command.ExecuteNonQuery();
        }

        return path;
    }

    /// <summary>Four diverted calls of one caller within a minute, each refused with 486.</summary>
    private string Capture()
    {
        string path = _folder.Path("calls.pcap");
        using FileStream file = File.Create(path);
        using MessageCapture capture = new(file);
        PacketAddress caller = PacketAddress.Of(IPAddress.Parse("192.0.2.10"), 5060);
        PacketAddress edge = PacketAddress.Of(IPAddress.Parse("192.0.2.1"), 5060);
        for (int n = 0; n < 4; n++)
        {
            long at = (Noon.ToUnixTimeSeconds() + (5 * n)) * 1_000_000_000;
            string callee = "+3319900" + n.ToString("D4", CultureInfo.InvariantCulture);
            capture.Add(at, caller, edge, Message($"INVITE sip:{callee}@192.0.2.1 SIP/2.0", n, "", "INVITE"));
            capture.Add(at + 1_000_000, edge, caller, Message("SIP/2.0 486 Busy Here", n, ";tag=b", "INVITE"));
            capture.Add(
                at + 2_000_000,
                caller,
                edge,
                Message($"ACK sip:{callee}@192.0.2.1 SIP/2.0", n, ";tag=b", "ACK")
            );
        }

        return path;
    }

    private static byte[] Message(string startLine, int call, string toTag, string method) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{call}\r\n"
                + $"From: <sip:+33900123456@192.0.2.10>;tag=a\r\nTo: <sip:callee@192.0.2.1>{toTag}\r\n"
                + $"Diversion: <sip:+33199009999@192.0.2.9>;reason=unconditional\r\nCall-ID: {call}@192.0.2.10\r\n"
                + $"CSeq: 1 {method}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );
}
