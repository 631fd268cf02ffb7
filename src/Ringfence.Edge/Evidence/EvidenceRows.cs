using System.Data;
using Dapper;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Evidence;

/// <summary>What is said, as rows of the tables; handed to the writer, which may not be there.</summary>
internal sealed class EvidenceRows(EvidenceWriter? writer)
{
    internal void RangForHelp(Party caller, DateTimeOffset at) =>
        Add(
            "INSERT OR REPLACE INTO emergency_calls VALUES (@caller, @at)",
            () => new { caller = caller.Text, at = EvidenceStore.Text(at) }
        );

    internal void Entry(Party callee, PersonalEntry entry) =>
        Add(
            "INSERT OR REPLACE INTO personal_entries VALUES (@callee, @caller, @allowed, @since, @until, @channel)",
            () =>
                new
                {
                    callee = callee.Text,
                    caller = entry.Caller.Text,
                    allowed = entry.IsAllowed,
                    since = EvidenceStore.Text(entry.Since),
                    until = entry.Until is { } until ? EvidenceStore.Text(until) : "",
                    channel = entry.Channel.ToString(),
                }
        );

    internal void NoEntry(Party callee, Party caller) =>
        Add(
            "DELETE FROM personal_entries WHERE callee = @callee AND caller = @caller",
            () => new { callee = callee.Text, caller = caller.Text }
        );

    internal void History(Party callee, Party caller, PairHistory history) =>
        Add(
            history is { Dialled: false, Answered: false, Contact: false }
                ? "DELETE FROM histories WHERE callee = @callee AND caller = @caller"
                : "INSERT OR REPLACE INTO histories VALUES (@callee, @caller, @Dialled, @Answered, @Contact, @at)",
            () =>
                new
                {
                    callee = callee.Text,
                    caller = caller.Text,
                    history.Dialled,
                    history.Answered,
                    history.Contact,
                    at = EvidenceStore.Text(history.At),
                }
        );

    internal void Preferences(Party callee, CalleePreferences? wishes) =>
        Add(
            wishes is null
                ? "DELETE FROM preferences WHERE callee = @callee"
                : "INSERT OR REPLACE INTO preferences VALUES (@callee, @wishes)",
            () => new { callee = callee.Text, wishes = wishes is null ? "" : PreferencesJson.Write(wishes) }
        );

    internal void Report(UnwantedReport report, ReportOutcome outcome, string callId) =>
        Add(
            "INSERT INTO reports VALUES (@at, @caller, @reporter, @channel, @held, @delivered, @outcome, @callId)",
            () =>
                new
                {
                    at = EvidenceStore.Text(report.At),
                    caller = report.Caller.Text,
                    reporter = report.Reporter.Text,
                    channel = report.Channel.ToString(),
                    held = report.IdentityHeld,
                    delivered = report.DeliveredBefore,
                    outcome = outcome.ToString(),
                    callId,
                }
        );

    /// <summary>The parameters are made off the call's lane.</summary>
    private void Add(string sql, Func<object> parameters) =>
        writer?.Add(transaction => ((IDbConnection)transaction.Connection!).Execute(sql, parameters(), transaction));
}
