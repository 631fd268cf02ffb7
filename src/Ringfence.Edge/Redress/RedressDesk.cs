using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Evidence;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Redress;

/// <summary>
/// Keeps refused calls by their tokens and takes appeals. Calls hand refusals over without waiting; pages and operators ask, away
/// from the calls.
/// </summary>
internal sealed class RedressDesk(EvidenceBook book, EvidenceStore store, EvidenceWriter writer, TimeProvider clock)
{
    /// <summary>Longest text of a caller or an operator.</summary>
    internal const int MaxText = 2_000;

    /// <summary>Longest way to reach a caller.</summary>
    internal const int MaxReach = 200;

    private const int MaxListed = 500;
    private const string Columns = "SELECT token, at, reach, message, state, answer, answered FROM appeals";

    /// <summary>Takes a refused call; returns at once.</summary>
    internal void Refused(RefusedCall call) =>
        Write(
            "INSERT OR REPLACE INTO refusals VALUES (@Token, @CallId, @at, @StatusCode, @Phrase, @verdict, @facts)",
            () =>
                new
                {
                    call.Token,
                    call.CallId,
                    at = EvidenceStore.Text(call.At),
                    call.StatusCode,
                    call.Phrase,
                    verdict = call.VerdictJson(),
                    facts = call.FactsJson(),
                }
        );

    /// <summary>The refused call of a token; null when the token stands for none.</summary>
    internal async Task<RefusedCall?> FindAsync(string token, CancellationToken cancellation)
    {
        if (!RedressTokens.IsWellFormed(token))
        {
            return null;
        }

        await writer.SettleAsync(cancellation).ConfigureAwait(false);
        return store.Read(connection => Find(connection, token));
    }

    /// <summary>The appeal against the refusal of that token; null where nobody has appealed.</summary>
    internal async Task<Appeal?> AppealAsync(string token, CancellationToken cancellation)
    {
        await writer.SettleAsync(cancellation).ConfigureAwait(false);
        return store.Read(connection =>
            connection.QueryFirstOrDefault<AppealRow>($"{Columns} WHERE token = @token", new { token })?.ToAppeal()
        );
    }

    /// <summary>Appeals, the open ones first, the oldest of them first.</summary>
    internal async Task<IReadOnlyList<(Appeal Appeal, RefusedCall Call)>> AppealsAsync(CancellationToken cancellation)
    {
        await writer.SettleAsync(cancellation).ConfigureAwait(false);
        return store.Read(connection =>
            connection
                .Query<AppealRow>(
                    $"{Columns} ORDER BY state <> 'open', CASE state WHEN 'open' THEN at END, at DESC LIMIT {MaxListed}"
                )
                .Select(row => (row.ToAppeal(), Find(connection, row.Token)))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.Item1, pair.Item2!))
                .ToArray()
        );
    }

    /// <summary>
    /// Takes an appeal. False where there is nothing to appeal against, or where it has been answered; an open one is replaced.
    /// </summary>
    internal async Task<bool> AppealAsync(string token, string reach, string message, CancellationToken cancellation)
    {
        if (
            await FindAsync(token, cancellation).ConfigureAwait(false) is not { MayAppeal: true }
            || await AppealAsync(token, cancellation).ConfigureAwait(false) is { State: not AppealState.Open }
        )
        {
            return false;
        }

        string at = EvidenceStore.Text(clock.GetUtcNow());
        Write(
            "INSERT OR REPLACE INTO appeals VALUES (@token, @at, @reach, @message, 'open', '', '')",
            () =>
                new
                {
                    token,
                    at,
                    reach = Cut(reach, MaxReach),
                    message = Cut(message, MaxText),
                }
        );
        await writer.SettleAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>The operator's answer. Granted, the caller is vouched for, at once. False where nobody appealed.</summary>
    internal async Task<bool> AnswerAsync(string token, bool isGranted, string answer, CancellationToken cancellation)
    {
        if (
            await FindAsync(token, cancellation).ConfigureAwait(false) is not { } call
            || await AppealAsync(token, cancellation).ConfigureAwait(false) is null
        )
        {
            return false;
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (isGranted)
        {
            book.Vouch(call.Facts.Caller, now);
        }

        Write(
            "UPDATE appeals SET state = @state, answer = @answer, answered = @at WHERE token = @token",
            () =>
                new
                {
                    token,
                    state = isGranted ? "granted" : "declined",
                    answer = Cut(answer, MaxText),
                    at = EvidenceStore.Text(now),
                }
        );
        await writer.SettleAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    private static RefusedCall? Find(SqliteConnection connection, string token) =>
        connection
            .QueryFirstOrDefault<RefusalRow>(
                "SELECT call_id AS CallId, at, status_code AS StatusCode, phrase, verdict, facts FROM refusals WHERE token = @token",
                new { token }
            )
            ?.ToCall(token);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private void Write(string sql, Func<object> parameters) =>
        writer.Add(transaction => ((IDbConnection)transaction.Connection!).Execute(sql, parameters(), transaction));

    private sealed record RefusalRow
    {
        public string CallId { get; init; } = "";
        public string At { get; init; } = "";
        public long StatusCode { get; init; }
        public string Phrase { get; init; } = "";
        public string Verdict { get; init; } = "";
        public string Facts { get; init; } = "";

        public RefusedCall ToCall(string token) =>
            new(
                token,
                CallId,
                EvidenceRestore.Time(At),
                (int)StatusCode,
                Phrase,
                RefusedCall.ReadVerdict(Verdict),
                RefusedCall.ReadFacts(Facts)
            );
    }

    private sealed record AppealRow
    {
        public string Token { get; init; } = "";
        public string At { get; init; } = "";
        public string Reach { get; init; } = "";
        public string Message { get; init; } = "";
        public string State { get; init; } = "";
        public string Answer { get; init; } = "";
        public string Answered { get; init; } = "";

        public Appeal ToAppeal() =>
            new(
                Token,
                EvidenceRestore.Time(At),
                Reach,
                Message,
                Enum.Parse<AppealState>(State, ignoreCase: true),
                Answer,
                Answered.Length > 0 ? EvidenceRestore.Time(Answered) : null
            );
    }
}
