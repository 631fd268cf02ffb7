using System.Collections.Immutable;
using Dapper;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What is known of a number: lists, reputation, rates, reports, its latest calls.</summary>
internal sealed class NumberBook(EdgeServices services, EvidenceStore store, TimeProvider clock)
{
    private const int Latest = 20;

    internal NumberAnswer Of(Party party)
    {
        ReputationFacts reputation = services.Reputation.Read(party, clock.GetUtcNow());
        ImmutableArray<ListHit> hits = [];
        services.Lists.Look(party, ListSubject.Caller, ref hits);
        return new NumberAnswer
        {
            Number = party.Text,
            Form = party.Form.ToString(),
            Reputation = reputation.Score,
            Reporters = reputation.Reporters,
            Vouched = reputation.Vouched,
            Rates = services.Rates.Peek(party, default, clock.GetUtcNow()),
            Lists = [.. hits.Select(hit => $"{hit.List} ({hit.Entry})")],
            Reports = store.Read(c =>
                c.Query<NumberReport>(
                        "SELECT at, channel AS Via, outcome FROM reports WHERE caller = @number ORDER BY at DESC LIMIT @Latest",
                        new { number = party.Text, Latest }
                    )
                    .AsList()
            ),
            Calls = store.Read(c =>
                c.Query<NumberCall>(
                        """
                        SELECT c.id, c.started, c.callee, c.verdict, c.reasons, c.status_code AS Status, c.verification, c.attestation,
                            c.said, c.redress_token AS RedressToken,
                            COALESCE(trim(r.name || ' ' || r.url || ' ' || r.tel || ' ' || r.email || ' ' || r.fault), '') AS RejectedBy
                        FROM calls c LEFT JOIN received_cards r ON r.call_id = c.id
                        WHERE c.caller = @number ORDER BY c.started DESC LIMIT @Latest
                        """,
                        new { number = party.Text, Latest }
                    )
                    .AsList()
            ),
        };
    }
}
