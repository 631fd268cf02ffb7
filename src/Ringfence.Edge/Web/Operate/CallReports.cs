using Dapper;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Web.Desk;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Operate;

/// <summary>What a callee says of a recorded call after it: unwanted, wanted, or neither after all. The API and the page's buttons alike.</summary>
internal sealed class CallReports(EvidenceBook book, EvidenceStore store, ILogger log, TimeProvider clock)
{
    private const string Columns = "SELECT id, caller, callee, verification, attestation FROM calls ";

    /// <summary>The latest call between the two; null where none is known.</summary>
    internal CallOfRecord? Last(Party caller, Party callee) =>
        store.Read(c =>
            c.QueryFirstOrDefault<CallOfRecord>(
                Columns + "WHERE caller = @caller AND callee = @callee ORDER BY started DESC LIMIT 1",
                new { caller = caller.Text, callee = callee.Text }
            )
        );

    /// <summary>A call by its id; null where none is known.</summary>
    internal CallOfRecord? Find(string id) =>
        store.Read(c => c.QueryFirstOrDefault<CallOfRecord>(Columns + "WHERE id = @id", new { id }));

    /// <summary>The call was unwanted: its caller goes onto the callee's block list, for a year.</summary>
    internal async Task<ReportAnswer> UnwantedAsync(
        Party caller,
        Party callee,
        CallOfRecord? call,
        ReportChannel channel,
        CancellationToken cancellation
    )
    {
        bool held = call is { Verification: "Passed", Attestation: "A" };
        var spoken = new SpokenOfCall(caller, callee, held, 0, call?.Id ?? "");
        ReportOutcome outcome = book.Unwanted(spoken, channel, clock.GetUtcNow());
        EdgeLog.Unwanted(log, spoken.CallId, callee.Text, caller.Text, channel, outcome);
        Note(call, $"unwanted ({channel}): {outcome}");
        await SettleAsync(cancellation).ConfigureAwait(false);
        return Answer(caller, callee, outcome.ToString(), spoken.CallId);
    }

    /// <summary>The call was wanted: its caller goes onto the callee's allow list, for always.</summary>
    internal async Task<ReportAnswer> WantedAsync(CallOfRecord call, CancellationToken cancellation)
    {
        (Party caller, Party callee) = call.Parties;
        book.Put(
            callee,
            new PersonalEntry
            {
                Caller = caller,
                IsAllowed = true,
                Since = clock.GetUtcNow(),
                Channel = ReportChannel.Button,
            }
        );
        Note(call, $"wanted ({ReportChannel.Button})");
        await SettleAsync(cancellation).ConfigureAwait(false);
        return Answer(caller, callee, "", call.Id);
    }

    /// <summary>Neither: the caller leaves the callee's lists.</summary>
    internal async Task UndoAsync(CallOfRecord call, CancellationToken cancellation)
    {
        (Party caller, Party callee) = call.Parties;
        if (book.Forget(callee, caller))
        {
            Note(call, "");
        }

        await SettleAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until what was said is on disk, so that the page after the button shows it.</summary>
    internal Task SettleAsync(CancellationToken cancellation) =>
        book.Writer?.SettleAsync(cancellation) ?? Task.CompletedTask;

    private void Note(CallOfRecord? call, string said)
    {
        if (call is { Id: var id })
        {
            book.Writer?.Add(transaction =>
                transaction.Connection!.Execute(
                    "UPDATE calls SET said = @said WHERE id = @id",
                    new { said, id },
                    transaction
                )
            );
        }
    }

    private ReportAnswer Answer(in Party caller, in Party callee, string outcome, string call)
    {
        PersonalEntry? entry = book.EntryOf(callee, caller, clock.GetUtcNow());
        return new ReportAnswer
        {
            Caller = caller.Text,
            Callee = callee.Text,
            Blocked = entry is { IsAllowed: false },
            Until = entry?.Until,
            Outcome = outcome,
            Call = call,
        };
    }
}
