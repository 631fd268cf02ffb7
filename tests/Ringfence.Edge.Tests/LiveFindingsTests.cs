using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Tests.Stages;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Observe;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests;

public sealed class LiveFindingsTests : IAsyncDisposable
{
    private static readonly Peer Caller = Peer.From(TransportKind.Udp, System.Net.IPEndPoint.Parse("192.0.2.10:5060"));
    private static readonly Peer Edge = Peer.From(TransportKind.Udp, System.Net.IPEndPoint.Parse("192.0.2.1:5060"));
    private readonly string _folder = Directory.CreateTempSubdirectory("findings").FullName;
    private readonly TestClock _clock = new();
    private readonly Lane _lane;
    private readonly LiveFindingsWorker _worker;
    private readonly LaneTrace _trace;

    public LiveFindingsTests()
    {
        CallRecordStore.Open(Database).Dispose();
        _lane = new Lane(0, _clock, LaneRandom.Seeded(1));
        _worker = new LiveFindingsWorker(FindingStore.Open(Database), NullLogger.Instance, TimeProvider.System);
        _trace = _worker.On(_lane);
    }

    private string Database => Path.Combine(_folder, "calls.db");

    [Fact]
    public async Task A_call_that_is_over_has_its_findings_beside_its_record()
    {
        Refused("one");
        _worker.Close(_lane, "record-1", "one");
        Turn(TimeSpan.FromSeconds(3));

        IReadOnlyList<FindingRow> rows = await FindingsAsync("record-1");

        rows.Select(row => row.Finding).ShouldContain("BK-02");
        rows.ShouldAllBe(row => row.Seen.Length > 0);
    }

    [Fact]
    public async Task What_comes_right_after_the_end_belongs_to_the_call()
    {
        Pass("INVITE sip:b@192.0.2.1 SIP/2.0", "two", "1 INVITE", isIncoming: true);
        _worker.Close(_lane, "record-2", "two");
        Pass("SIP/2.0 607 Unwanted", "two", "1 INVITE", isIncoming: false);
        Turn(TimeSpan.FromSeconds(3));

        (await FindingsAsync("record-2")).Select(row => row.Finding).ShouldContain("BK-02");
    }

    [Fact]
    public async Task More_calls_than_there_is_room_for_are_passed_over_and_the_next_are_not()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Pass("INVITE sip:b@192.0.2.1 SIP/2.0", $"flood-{i}", "1 INVITE", isIncoming: true);
        }

        Refused("late");
        _worker.Close(_lane, "record-3", "late");
        for (int i = 0; i < 1_000; i++)
        {
            _worker.Close(_lane, $"flood-{i}", $"flood-{i}");
        }

        Turn(TimeSpan.FromSeconds(3));
        Refused("next");
        _worker.Close(_lane, "record-4", "next");
        Turn(TimeSpan.FromSeconds(3));

        (await FindingsAsync("record-4")).ShouldNotBeEmpty();
        using FindingStore store = FindingStore.Open(Database);
        store.Of("record-3").ShouldBeEmpty("all slots were taken when it began");
    }

    [Fact]
    public async Task A_call_with_more_than_is_kept_is_not_judged()
    {
        Pass("INVITE sip:b@192.0.2.1 SIP/2.0", "long", "1 INVITE", isIncoming: true);
        for (int i = 0; i < 100; i++)
        {
            Pass("SIP/2.0 180 Ringing", "long", "1 INVITE", isIncoming: false);
        }

        Pass("SIP/2.0 607 Unwanted", "long", "1 INVITE", isIncoming: false);
        _worker.Close(_lane, "record-5", "long");
        Refused("after");
        _worker.Close(_lane, "record-6", "after");
        Turn(TimeSpan.FromSeconds(3));

        (await FindingsAsync("record-6")).ShouldNotBeEmpty();
        using FindingStore store = FindingStore.Open(Database);
        store.Of("record-5").ShouldBeEmpty();
    }

    [Fact]
    public void A_message_of_a_traced_call_allocates_nothing()
    {
        byte[] message = Message("SIP/2.0 180 Ringing", "hot", "1 INVITE");
        Pass("INVITE sip:b@192.0.2.1 SIP/2.0", "hot", "1 INVITE", isIncoming: true);
        Show(message, isIncoming: false);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Show(message, isIncoming: false);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private void Refused(string callId)
    {
        Pass("INVITE sip:b@192.0.2.1 SIP/2.0", callId, "1 INVITE", isIncoming: true);
        Pass("SIP/2.0 607 Unwanted", callId, "1 INVITE", isIncoming: false);
        Pass("ACK sip:b@192.0.2.1 SIP/2.0", callId, "1 ACK", isIncoming: true);
    }

    private void Pass(string startLine, string callId, string cseq, bool isIncoming) =>
        Show(Message(startLine, callId, cseq), isIncoming);

    private void Show(byte[] message, bool isIncoming) =>
        _trace.OnMessage(
            new TappedMessage
            {
                IsIncoming = isIncoming,
                Local = Edge,
                Remote = Caller,
                Time = _clock.GetUtcNow(),
                Bytes = message,
            }
        );

    private static byte[] Message(string startLine, string callId, string cseq) =>
        Encoding.ASCII.GetBytes(
            $"{startLine}\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1\r\nFrom: <sip:+33900123456@192.0.2.10>;tag=a\r\n"
                + $"To: <sip:b@192.0.2.1>{(startLine.StartsWith("INVITE", StringComparison.Ordinal) ? "" : ";tag=b")}\r\nCall-ID: {callId}\r\nCSeq: {cseq}\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        );

    private void Turn(TimeSpan time)
    {
        _clock.Advance(time);
        _lane.Turn();
    }

    private async Task<IReadOnlyList<FindingRow>> FindingsAsync(string record)
    {
        using FindingStore store = FindingStore.Open(Database);
        while (true)
        {
            IReadOnlyList<FindingRow> rows = store.Of(record);
            if (rows.Count > 0)
            {
                return rows;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
