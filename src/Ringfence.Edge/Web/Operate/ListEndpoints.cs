using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Web.Desk;
using Ringfence.Edge.Web.Pages;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Web.Operate;

/// <summary><c>/lists</c>: who is on which callee's list and why, with the way off it and back; and the latest reports.</summary>
internal sealed class ListEndpoints(
    EdgeServices services,
    OperatorPages pages,
    CallArchive archive,
    CallReports reports,
    TimeProvider clock
)
{
    private const int PageLength = 100;
    private const int LatestReports = 20;
    private const int LongestText = 200;

    private const string Entries = """
        SELECT e.*, COALESCE((SELECT r.call_id FROM reports r WHERE r.caller = e.caller AND r.reporter = e.callee ORDER BY r.at DESC LIMIT 1), '') AS CallId
        FROM (
            SELECT callee, caller, CASE is_allowed WHEN 0 THEN 'blocked' ELSE 'allowed' END AS List, since, until, channel FROM personal_entries
            WHERE until = '' OR until > @now
            UNION ALL
            SELECT callee, caller, 'contacts', at, '', 'Api' FROM histories WHERE contact <> 0
        ) e
        WHERE (e.callee, e.caller) > (@Callee, @Caller) AND (@text = '' OR instr(e.callee, @text) OR instr(e.caller, @text))
        ORDER BY e.callee, e.caller LIMIT @Limit
        """;

    internal void Map(IEndpointRouteBuilder routes)
    {
        OperatorPages.Get(routes, "/lists", ShowAsync);
        pages.Post(routes, "/lists/remove", _ => "lists/remove", RemoveAsync);
        pages.Post(routes, "/lists/put", _ => "lists/put", PutAsync);
    }

    private async Task ShowAsync(HttpContext context, CodePath path)
    {
        string text = context.Request.Query["q"].ToString().Trim();
        text = text.Length > LongestText ? text[..LongestText] : text;
        string[] after = context.Request.Query["after"].ToString().Split('~');
        var (entries, latest) = await archive
            .ReadAsync(
                connection => Read(connection, text, after is [var e, var r] ? (e, r) : ("", "")),
                context.RequestAborted
            )
            .ConfigureAwait(false);
        bool isMore = entries.Count > PageLength;
        List<ListRow> shown = [.. entries.Take(PageLength)];
        await pages
            .SendAsync<ListsPage>(
                context,
                path,
                (
                    nameof(ListsPage.Rows),
                    new ListRows(
                        text,
                        shown,
                        isMore ? $"{shown[^1].Callee}~{shown[^1].Caller}" : null,
                        latest,
                        [
                            .. services.Lists.Names.Select(name => new ListSummary(
                                name,
                                services.Lists.Find(name)!.Count
                            )),
                        ]
                    )
                ),
                (nameof(ListsPage.Query), context.Request.Query),
                (nameof(ListsPage.Search), context.Request.QueryString.Value),
                (nameof(ListsPage.Removing), pages.Seal.On("lists/remove")),
                (nameof(ListsPage.Putting), pages.Seal.On("lists/put"))
            )
            .ConfigureAwait(false);
    }

    private (List<ListRow> Entries, List<ReportRow> Reports) Read(
        SqliteConnection connection,
        string text,
        (string Callee, string Caller) after
    ) =>
        (
            connection
                .Query<ListRow>(
                    Entries,
                    new
                    {
                        now = EvidenceStore.Text(clock.GetUtcNow()),
                        after.Callee,
                        after.Caller,
                        text,
                        Limit = PageLength + 1,
                    }
                )
                .AsList(),
            connection
                .Query<ReportRow>(
                    "SELECT at, caller, reporter, channel, outcome, call_id AS CallId FROM reports ORDER BY rowid DESC LIMIT @LatestReports",
                    new { LatestReports }
                )
                .AsList()
        );

    private async Task<string> RemoveAsync(HttpContext context, CodePath path, IFormCollection form)
    {
        string list = "";
        if (TryRead(form, out Party callee, out Party caller))
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (services.Evidence.EntryOf(callee, caller, now) is { } entry)
            {
                list = entry.IsAllowed ? "allowed" : "blocked";
                services.Evidence.Forget(callee, caller);
            }

            if (services.Evidence.Histories.Of(callee, caller).Contact)
            {
                list = list.Length == 0 ? "contacts" : list;
                services.Evidence.Contact(callee, caller, isContact: false, now);
            }

            await reports.SettleAsync(context.RequestAborted).ConfigureAwait(false);
        }

        return list.Length == 0
            ? path.Of("lists")
            : $"{path.Of("lists")}?removed={Uri.EscapeDataString(caller.Text)}&from={Uri.EscapeDataString(callee.Text)}&was={list}#done";
    }

    private async Task<string> PutAsync(HttpContext context, CodePath path, IFormCollection form)
    {
        string list = form["list"].ToString();
        if (!TryRead(form, out Party callee, out Party caller) || list is not ("blocked" or "allowed" or "contacts"))
        {
            return $"{path.Of("lists")}?wrong={Uri.EscapeDataString($"{form["callee"]} / {form["caller"]}")}#done";
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (list == "contacts")
        {
            services.Evidence.Contact(callee, caller, isContact: true, now);
        }
        else
        {
            services.Evidence.Put(
                callee,
                new PersonalEntry
                {
                    Caller = caller,
                    IsAllowed = list == "allowed",
                    Since = now,
                    Until = list == "blocked" ? now + UnwantedReports.Lifetime : null,
                    Channel = ReportChannel.Button,
                }
            );
        }

        await reports.SettleAsync(context.RequestAborted).ConfigureAwait(false);
        return $"{path.Of("lists")}?put={Uri.EscapeDataString(caller.Text)}&from={Uri.EscapeDataString(callee.Text)}&was={list}#done";
    }

    private static bool TryRead(IFormCollection form, out Party callee, out Party caller)
    {
        caller = default;
        return DeskParty.Read(form["callee"], "callee", out callee) is null
            && DeskParty.Read(form["caller"], "caller", out caller) is null;
    }
}
