using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Tests.Storage;

public sealed class CallRecordTests : IDisposable
{
    private readonly string _file = Path.Combine(
        Directory.CreateTempSubdirectory("records-").FullName,
        "sub",
        "calls.db"
    );

    [Fact]
    public async Task Every_record_is_on_disk_once_the_writer_is_closed()
    {
        CallRecordWriter writer = new(CallRecordStore.Open(_file), NullLogger.Instance, TimeProvider.System);
        for (int i = 0; i < 5_000; i++)
        {
            writer.Add(Record(i));
        }

        await writer.DisposeAsync();

        (writer.Written, writer.Lost).ShouldBe((5_000, 0));
        using CallRecordStore store = CallRecordStore.Open(_file);
        store.Latest(10_000).Count.ShouldBe(5_000);
    }

    [Fact]
    public void What_was_written_is_read_back_as_it_was_newest_first()
    {
        CallRecord older = Record(1);
        CallRecord newer = Record(2) with { Reasons = "blocked by the called party\nsecond reason", StatusCode = 607 };
        using CallRecordStore store = CallRecordStore.Open(_file);
        store.Write([older, newer]);

        store.Latest(10).ShouldBe([newer, older]);
        store.Latest(1).ShouldBe([newer]);
    }

    [Fact]
    public void An_existing_file_is_opened_with_its_records()
    {
        using (CallRecordStore store = CallRecordStore.Open(_file))
        {
            store.Write([Record(1)]);
        }

        using CallRecordStore again = CallRecordStore.Open(_file);
        again.Latest(10).ShouldHaveSingleItem().Id.ShouldBe("call-1");
    }

    [Fact]
    public void A_file_of_the_first_version_gets_the_columns_of_the_second_and_keeps_its_records()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        using (SqliteConnection old = new($"Data Source={_file}"))
        {
            old.Open();
            using SqliteCommand command = old.CreateCommand();
            command.CommandText = """
                CREATE TABLE calls (id TEXT PRIMARY KEY, started TEXT NOT NULL, trunk TEXT NOT NULL, sip_call_id TEXT NOT NULL,
                    caller TEXT NOT NULL, callee TEXT NOT NULL, verdict TEXT NOT NULL, reasons TEXT NOT NULL, mode TEXT NOT NULL,
                    status_code INTEGER NOT NULL, ended_by TEXT NOT NULL, ring_ms INTEGER NOT NULL, early_ms INTEGER NOT NULL,
                    first_rtp_ms INTEGER NOT NULL, early_source TEXT NOT NULL, gate_reason TEXT NOT NULL,
                    answered_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL) WITHOUT ROWID;
                INSERT INTO calls VALUES ('old', '2026-11-01T00:00:00.0000000Z', 't', 'c', 'a', 'b', 'Progress', '', '', 200, 'callee', 1, 1, 1, '', '', 1, 1);
                PRAGMA user_version = 1;
                """;
            command.ExecuteNonQuery();
        }

        using CallRecordStore store = CallRecordStore.Open(_file);
        CallRecord signed = Record(1) with
        {
            Verification = "Passed",
            Attestation = "A",
            Signer = "1234",
            VerificationSteps = "{}",
            Signed = "B",
            SigningReason = "CustomerKnown",
        };
        store.Write([signed]);

        store.Latest(10).Select(record => record.Id).ShouldBe([signed.Id, "old"]);
        store.Latest(1).ShouldHaveSingleItem().ShouldBe(signed);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_file))!, recursive: true);

    private static CallRecord Record(int number) =>
        new()
        {
            Id = $"call-{number}",
            Started = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).AddSeconds(number),
            Trunk = "carrier-a",
            SipCallId = $"{number}@x",
            Caller = "+33199001234",
            Callee = "+33180001000",
            Verdict = "Progress",
            Reasons = "nobody objects",
            RingMs = 12,
            Media = new()
            {
                CallerMos = 4.3,
                CalleeMos = 3.91,
                CallerRoundTripMs = 40,
                FalseAnswer = 10,
            },
        };
}
