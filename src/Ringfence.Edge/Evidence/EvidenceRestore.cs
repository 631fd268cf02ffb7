using System.Buffers;
using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using Dapper;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Evidence;

/// <summary>Reads at the start what was kept, and throws away what nobody needs any more.</summary>
internal static class EvidenceRestore
{
    /// <summary>How long a refusal can be explained and appealed against.</summary>
    private static readonly TimeSpan Explained = TimeSpan.FromDays(90);

    /// <summary>How long a caller that was dialled or answered, and not since, is remembered.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    internal static void Into(
        EvidenceBook book,
        EvidenceStore store,
        DateTimeOffset now,
        ConcurrentDictionary<Party, CalleePreferences> preferences,
        BoundedMap<Party, DateTimeOffset> emergencies
    )
    {
        store.Write([transaction => Tidy(transaction.Connection!, now)]);
        foreach (
            Entry row in store.Read(c =>
                c.Query<Entry>(
                        "SELECT callee, caller, is_allowed AS IsAllowed, since, until, channel FROM personal_entries ORDER BY since"
                    )
                    .AsList()
            )
        )
        {
            book.Lists.Put(Party.Parse(row.Callee), row.ToEntry());
        }

        foreach (Pair row in store.Read(c => c.Query<Pair>("SELECT * FROM histories ORDER BY at").AsList()))
        {
            var history = new PairHistory(row.Dialled != 0, row.Answered != 0, row.Contact != 0, Time(row.At));
            book.Histories.Put(Party.Parse(row.Callee), Party.Parse(row.Caller), history);
        }

        foreach (
            var (callee, wishes) in store.Read(c => c.Query<(string, string)>("SELECT * FROM preferences").AsList())
        )
        {
            if (PreferencesJson.Read(wishes) is { } read)
            {
                preferences[Party.Parse(callee)] = read;
            }
        }

        foreach (
            var (caller, at) in store.Read(c => c.Query<(string, string)>("SELECT * FROM emergency_calls").AsList())
        )
        {
            emergencies.Put(Party.Parse(caller), Time(at));
        }

        store.Read(c =>
        {
            RestoreReputation(book.Reputation, c);
            return 0;
        });
    }

    /// <summary>Keeps what callees together think of callers, for the next start.</summary>
    internal static void SaveReputation(ReputationTable reputation, EvidenceWriter writer, DateTimeOffset at)
    {
        var records = new ArrayBufferWriter<byte>();
        reputation.Save(records);
        byte[] bytes = records.WrittenSpan.ToArray();
        writer.Add(transaction =>
            ((IDbConnection)transaction.Connection!).Execute(
                "INSERT OR REPLACE INTO reputation_snapshot VALUES (1, @at, @bytes)",
                new { at = EvidenceStore.Text(at), bytes },
                transaction
            )
        );
    }

    internal static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>
    /// The last snapshot, and the reports and granted appeals since it: what comes twice adds nothing, for a reporter's part is capped.
    /// </summary>
    internal static void RestoreReputation(ReputationTable reputation, IDbConnection connection)
    {
        (string at, byte[] records) = connection.QueryFirstOrDefault<(string, byte[])>(
            "SELECT at, records FROM reputation_snapshot"
        );
        reputation.Absorb(records ?? []);
        string since = at ?? "";
        foreach (
            Report row in connection.Query<Report>(
                "SELECT at, caller, reporter, channel, identity_held AS IdentityHeld, delivered FROM reports WHERE at >= @since ORDER BY at",
                new { since }
            )
        )
        {
            reputation.Report(row.ToReport());
        }

        const string granted =
            "SELECT r.facts, a.answered FROM appeals a JOIN refusals r USING (token) WHERE a.state = 'granted' AND a.answered >= @since ORDER BY a.answered";
        foreach (var (facts, answered) in connection.Query<(string, string)>(granted, new { since }))
        {
            reputation.GrantAppeal(Redress.RefusedCall.ReadFacts(facts).Caller, Time(answered));
        }
    }

    private static void Tidy(IDbConnection connection, DateTimeOffset now) =>
        connection.Execute(
            """
            DELETE FROM appeals WHERE token IN (SELECT token FROM refusals WHERE at < @explained);
            DELETE FROM refusals WHERE at < @explained;
            DELETE FROM received_cards WHERE at < @explained;
            DELETE FROM histories WHERE at < @remembered AND contact = 0;
            DELETE FROM reports WHERE at < @remembered;
            DELETE FROM emergency_calls WHERE at < @rang;
            DELETE FROM personal_entries WHERE until <> '' AND until < @now;
            """,
            new
            {
                explained = EvidenceStore.Text(now - Explained),
                remembered = EvidenceStore.Text(now - Remembered),
                rang = EvidenceStore.Text(now - EvidenceBook.EmergencyWindow),
                now = EvidenceStore.Text(now),
            }
        );

    private sealed record Entry
    {
        public string Callee { get; init; } = "";
        public string Caller { get; init; } = "";
        public long IsAllowed { get; init; }
        public string Since { get; init; } = "";
        public string Until { get; init; } = "";
        public string Channel { get; init; } = "";

        public PersonalEntry ToEntry() =>
            new()
            {
                Caller = Party.Parse(Caller),
                IsAllowed = IsAllowed != 0,
                Since = Time(Since),
                Until = Until.Length > 0 ? Time(Until) : null,
                Channel = Enum.Parse<ReportChannel>(Channel),
            };
    }

    private sealed record Pair
    {
        public string Callee { get; init; } = "";
        public string Caller { get; init; } = "";
        public long Dialled { get; init; }
        public long Answered { get; init; }
        public long Contact { get; init; }
        public string At { get; init; } = "";
    }

    private sealed record Report
    {
        public string At { get; init; } = "";
        public string Caller { get; init; } = "";
        public string Reporter { get; init; } = "";
        public string Channel { get; init; } = "";
        public long IdentityHeld { get; init; }
        public long Delivered { get; init; }

        public UnwantedReport ToReport() =>
            new(
                Party.Parse(Caller),
                Party.Parse(Reporter),
                Time(At),
                Enum.Parse<ReportChannel>(Channel),
                IdentityHeld != 0,
                (int)Delivered
            );
    }
}
