using Microsoft.Data.Sqlite;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Web.Operate;

namespace Ringfence.Edge.Tests.Web;

/// <summary>Reading records for pages: by key, bounded, and never writing.</summary>
public sealed class CallArchiveTests : IDisposable
{
    private static readonly CallFilter All = new("", "", 0, "");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("archive-").FullName;
    private readonly CallRecordStore _store;
    private readonly CallArchive _archive;
    private readonly FindingStore _findings;

    public CallArchiveTests()
    {
        string file = Path.Combine(_folder, "calls.db");
        _store = CallRecordStore.Open(file);
        _archive = new CallArchive(file);
        _findings = FindingStore.Open(file);
    }

    [Fact]
    public async Task Pages_follow_one_another_by_key_whatever_comes_in_between()
    {
        // Several calls at the same moment: the key is the moment and the id.
        _store.Write(Enumerable.Range(0, 120).Select(i => Record(i, Noon.AddSeconds(i / 7))));
        List<string> seen = [];
        CallKey after = CallKey.Newest;
        while (true)
        {
            CallRows rows = await _archive.CallsAsync(All, after, 50, Ct);
            seen.AddRange(rows.Calls.Select(call => call.Id));
            _store.Write([Record(1_000 + seen.Count, Noon.AddHours(1))]);
            if (rows.Next is not { } next)
            {
                break;
            }

            after = CallKey.Parse(next.ToString());
        }

        seen.Count.ShouldBe(120);
        seen.Distinct().Count().ShouldBe(120);
        seen.ShouldBe(Enumerable.Range(0, 120).Reverse().Select(IdOf), "newest first");
    }

    [Fact]
    public async Task One_page_looks_at_a_bounded_number_of_calls_and_goes_on_from_there()
    {
        int count = CallArchive.MostLookedAt + 5;
        _store.Write(Enumerable.Range(0, count).Select(i => Record(i, Noon.AddMilliseconds(i))));
        CallFilter oldest = All with { Text = IdOf(2) };

        CallRows first = await _archive.CallsAsync(oldest, CallKey.Newest, 50, Ct);
        (first.Calls.Count, first.IsCut).ShouldBe((0, true));

        CallRows second = await _archive.CallsAsync(oldest, first.Next!.Value, 50, Ct);
        second.Calls.ShouldHaveSingleItem().Id.ShouldBe(IdOf(2));
        (second.Next, second.IsCut).ShouldBe((null, false));
    }

    [Fact]
    public async Task Each_call_of_a_list_has_its_gravest_finding_and_the_number_of_the_others()
    {
        _store.Write(Enumerable.Range(0, 3).Select(i => Record(i, Noon.AddSeconds(i))));
        _findings.Write(
            [
                new FindingRow(IdOf(0), "BK-02", "Warning", "Likely", "seen"),
                new FindingRow(IdOf(0), "SG-15", "Error", "Certain", "seen"),
                new FindingRow(IdOf(0), "EM-19", "Information", "Certain", "seen"),
                new FindingRow(IdOf(1), "SG-01", "Information", "Certain", "seen"),
                new FindingRow("of another call", "SG-15", "Error", "Certain", "seen"),
            ],
            []
        );

        CallRows rows = await _archive.CallsAsync(All, CallKey.Newest, 50, Ct);

        rows.Findings.Count.ShouldBe(2);
        rows.Findings[IdOf(0)].ShouldBe(new FindingMark("SG-15", "Error", 2));
        rows.Findings[IdOf(1)].ShouldBe(new FindingMark("SG-01", "Information", 0));
    }

    [Fact]
    public async Task It_can_only_read()
    {
        SqliteException refused = await Should.ThrowAsync<SqliteException>(() =>
            _archive.ReadAsync(
                connection =>
                {
                    using SqliteCommand command = connection.CreateCommand();
                    command.CommandText = "DELETE FROM calls";
                    return command.ExecuteNonQuery();
                },
                Ct
            )
        );
        refused.SqliteErrorCode.ShouldBe(8, "SQLITE_READONLY");
    }

    [Fact]
    public void A_filter_takes_from_an_address_only_what_it_knows()
    {
        CallKey.Parse("what?").ShouldBe(CallKey.Newest);
        CallKey.Parse(null).ShouldBe(CallKey.Newest);
        (All with { Code = 6 }).ToQuery().ShouldBe("&code=6");
        (All with { Text = "a&b=c", Trunk = "x y" }).ToQuery().ShouldBe("&q=a%26b%3Dc&trunk=x%20y");
    }

    public void Dispose()
    {
        _archive.Dispose();
        _findings.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string IdOf(int number) => $"call{number:D6}";

    private static CallRecord Record(int number, DateTimeOffset started) =>
        new()
        {
            Id = IdOf(number),
            Started = started,
            Trunk = "t",
            SipCallId = $"c{number}",
            Caller = "+33199000001",
            Callee = "+33199000002",
            Verdict = "Progress",
            Reasons = "",
        };
}
