using System.Buffers;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Screening;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Storage;

/// <summary>The SQLite file of call records. Used by one thread at a time.</summary>
public sealed class CallRecordStore : IDisposable
{
    private const int SchemaVersion = 5;

    private const string Schema = """
        CREATE TABLE calls (
            id TEXT PRIMARY KEY,
            started TEXT NOT NULL,
            trunk TEXT NOT NULL,
            sip_call_id TEXT NOT NULL,
            caller TEXT NOT NULL,
            callee TEXT NOT NULL,
            verdict TEXT NOT NULL,
            reasons TEXT NOT NULL,
            mode TEXT NOT NULL,
            status_code INTEGER NOT NULL,
            ended_by TEXT NOT NULL,
            ring_ms INTEGER NOT NULL,
            early_ms INTEGER NOT NULL,
            first_rtp_ms INTEGER NOT NULL,
            early_source TEXT NOT NULL,
            gate_reason TEXT NOT NULL,
            answered_ms INTEGER NOT NULL,
            ended_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX calls_by_start ON calls (started);
        CREATE INDEX calls_by_caller ON calls (caller, started);
        """;

    private const string WithIdentity = """
        ALTER TABLE calls ADD COLUMN verification TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN attestation TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN signer TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN verification_steps TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN signed TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN signing_reason TEXT NOT NULL DEFAULT '';
        CREATE INDEX calls_by_signer ON calls (signer, started);
        """;

    private const string WithRedress = """
        ALTER TABLE calls ADD COLUMN redress_token TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN said TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN facts TEXT NOT NULL DEFAULT '';
        """;

    private const string WithVerdict = """
        ALTER TABLE calls ADD COLUMN decided TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN played TEXT NOT NULL DEFAULT '';
        ALTER TABLE calls ADD COLUMN callee_media INTEGER NOT NULL DEFAULT -1;
        """;

    private const string WithMedia = """
        ALTER TABLE calls ADD COLUMN mos_caller REAL NOT NULL DEFAULT 0;
        ALTER TABLE calls ADD COLUMN mos_callee REAL NOT NULL DEFAULT 0;
        ALTER TABLE calls ADD COLUMN rtt_caller_ms INTEGER NOT NULL DEFAULT -1;
        ALTER TABLE calls ADD COLUMN rtt_callee_ms INTEGER NOT NULL DEFAULT -1;
        ALTER TABLE calls ADD COLUMN false_answer INTEGER NOT NULL DEFAULT -1;
        """;

    /// <summary>What makes each version of the schema from the one before.</summary>
    private static readonly string[] Migrations = [Schema, WithIdentity, WithRedress, WithVerdict, WithMedia];

    private const string Insert = """
        INSERT OR REPLACE INTO calls VALUES (
            @Id, @StartedText, @Trunk, @SipCallId, @Caller, @Callee, @Verdict, @Reasons, @Mode, @StatusCode, @EndedBy,
            @RingMs, @EarlyMs, @FirstRtpMs, @EarlySource, @GateReason, @AnsweredMs, @EndedMs,
            @Verification, @Attestation, @Signer, @VerificationSteps, @Signed, @SigningReason, @RedressToken, @Said, @Facts,
            @Decided, @Played, @CalleeMedia,
            @CallerMos, @CalleeMos, @CallerRoundTripMs, @CalleeRoundTripMs, @FalseAnswer)
        """;

    /// <summary>The columns as a <see cref="CallRow"/> has them.</summary>
    internal const string Columns = """
        id, started, trunk, sip_call_id AS SipCallId, caller, callee, verdict, reasons, mode,
            status_code AS StatusCode, ended_by AS EndedBy, ring_ms AS RingMs, early_ms AS EarlyMs,
            first_rtp_ms AS FirstRtpMs, early_source AS EarlySource, gate_reason AS GateReason,
            answered_ms AS AnsweredMs, ended_ms AS EndedMs, verification, attestation, signer,
            verification_steps AS VerificationSteps, signed, signing_reason AS SigningReason,
            redress_token AS RedressToken, said, facts, decided, played, callee_media AS CalleeMedia,
            mos_caller AS CallerMos, mos_callee AS CalleeMos, rtt_caller_ms AS CallerRoundTripMs,
            rtt_callee_ms AS CalleeRoundTripMs, false_answer AS FalseAnswer
        """;

    private readonly SqliteConnection _connection;

    private CallRecordStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, and makes it and its folder when they are not there.</summary>
    /// <param name="path">The file; its folder is made when it is not there.</param>
    /// <exception cref="SqliteException">The file is no such database or cannot be written.</exception>
    public static CallRecordStore Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;");
            Migrate(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new CallRecordStore(connection);
    }

    /// <summary>Brings the schema up to date: all steps or none. A file of a later version is written as it is, where it can be.</summary>
    private static void Migrate(SqliteConnection connection)
    {
        int version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version >= SchemaVersion)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string migration in Migrations.Skip(version))
        {
            connection.Execute(migration, transaction: transaction);
        }

        connection.Execute($"PRAGMA user_version = {SchemaVersion}", transaction: transaction);
        transaction.Commit();
    }

    /// <summary>Writes a batch: all of it or nothing.</summary>
    public void Write(IEnumerable<CallRecord> records)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _connection.Execute(Insert, records.Select(ToRow), transaction);
        transaction.Commit();
    }

    /// <summary>The latest calls, newest first.</summary>
    public IReadOnlyList<CallRecord> Latest(int limit) =>
        [
            .. _connection
                .Query<CallRow>($"SELECT {Columns} FROM calls ORDER BY started DESC, id LIMIT @limit", new { limit })
                .Select(row => row.ToRecord()),
        ];

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static object ToRow(CallRecord record) =>
        new
        {
            record.Id,
            StartedText = record.Started.UtcDateTime.ToString("O"),
            record.Trunk,
            record.SipCallId,
            record.Caller,
            record.Callee,
            record.Verdict,
            record.Reasons,
            record.Mode,
            record.StatusCode,
            record.EndedBy,
            record.RingMs,
            record.EarlyMs,
            record.FirstRtpMs,
            record.EarlySource,
            record.GateReason,
            record.AnsweredMs,
            record.EndedMs,
            record.Verification,
            record.Attestation,
            record.Signer,
            VerificationSteps = record.Verified is { Identities.Count: > 0 } verified
                ? Json(verified)
                : record.VerificationSteps,
            record.Signed,
            record.SigningReason,
            record.RedressToken,
            record.Said,
            Facts = record.Screened is { } facts
                ? JsonSerializer.Serialize(facts, ScreeningJson.Default.CallFacts)
                : record.Facts,
            Decided = record.Judged is { } verdict
                ? JsonSerializer.Serialize(verdict, ScreeningJson.Default.Verdict)
                : record.Decided,
            record.Played,
            record.CalleeMedia,
            CallerMos = Math.Round(record.Media.CallerMos, 2),
            CalleeMos = Math.Round(record.Media.CalleeMos, 2),
            record.Media.CallerRoundTripMs,
            record.Media.CalleeRoundTripMs,
            record.Media.FalseAnswer,
        };

    private static string Json(VerificationResult verified)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Explanation.WriteJson(writer, verified, "en");
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
