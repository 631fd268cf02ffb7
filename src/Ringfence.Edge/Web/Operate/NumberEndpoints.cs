using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Web.Desk;
using Ringfence.Edge.Web.Pages;
using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Web.Operate;

/// <summary><c>/numbers</c> and <c>/numbers/+33…</c>: what is known of a number, and why.</summary>
internal sealed class NumberEndpoints(OperatorPages pages, NumberBook numbers, CallArchive archive, TimeProvider clock)
{
    private const int Latest = 20;
    private const int LongestNumber = 200;

    internal void Map(IEndpointRouteBuilder routes)
    {
        OperatorPages.Get(routes, "/numbers", AskAsync);
        OperatorPages.Get(routes, "/numbers/{number}", ShowAsync);
    }

    private Task AskAsync(HttpContext context, CodePath path)
    {
        string asked = context.Request.Query["q"].ToString().Trim();
        if (asked.Length is > 0 and <= LongestNumber)
        {
            context.Response.Redirect(path.Of("numbers/" + Uri.EscapeDataString(asked)));
            return Task.CompletedTask;
        }

        return pages.SendAsync<NumberPage>(context, path);
    }

    private async Task ShowAsync(HttpContext context, CodePath path)
    {
        string asked = (string)context.Request.RouteValues["number"]!;
        var party = Party.Parse(asked);
        if (asked.Length > LongestNumber || party.Form is PartyForm.None or PartyForm.Invalid)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await pages.SendAsync<NumberPage>(context, path, (nameof(NumberPage.Wrong), asked)).ConfigureAwait(false);
            return;
        }

        (List<CallRecord> calls, List<ListRow> entries) = await archive
            .ReadAsync(
                connection =>
                    (
                        connection
                            .Query<CallRow>(
                                $"SELECT {CallRecordStore.Columns} FROM calls WHERE caller = @number ORDER BY started DESC LIMIT @Latest",
                                new { number = party.Text, Latest }
                            )
                            .Select(row => row.ToRecord())
                            .ToList(),
                        connection
                            .Query<ListRow>(
                                """
                                SELECT callee, caller, CASE is_allowed WHEN 0 THEN 'blocked' ELSE 'allowed' END AS List, since, until, channel
                                FROM personal_entries WHERE caller = @number AND (until = '' OR until > @now) LIMIT @Latest
                                """,
                                new
                                {
                                    number = party.Text,
                                    now = EvidenceStore.Text(clock.GetUtcNow()),
                                    Latest,
                                }
                            )
                            .AsList()
                    ),
                context.RequestAborted
            )
            .ConfigureAwait(false);
        await pages
            .SendAsync<NumberPage>(
                context,
                path,
                (nameof(NumberPage.Known), numbers.Of(party)),
                (nameof(NumberPage.Calls), calls),
                (nameof(NumberPage.Entries), entries)
            )
            .ConfigureAwait(false);
    }
}
