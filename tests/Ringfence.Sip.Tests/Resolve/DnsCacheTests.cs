using Ringfence.Sip.Resolve;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>What is kept of answers, and for how long (RFC 1035 §3.2.1, RFC 2308).</summary>
public class DnsCacheTests
{
    private readonly ManualClock _clock = new();
    private readonly Zone _zone = new();
    private readonly DnsOptions _options = new() { Servers = [] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_kept_for_its_TTL()
    {
        _zone.A("a.test", "192.0.2.7");
        DnsCache cache = Cache();
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        _clock.Advance(TimeSpan.FromSeconds(59));
        ValueTask<DnsAnswer> again = cache.LookUpAsync("a.test", DnsType.A, Token);
        again.IsCompletedSuccessfully.ShouldBeTrue();
        (await again).Status.ShouldBe(DnsStatus.Found);
        _zone.Asked.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        _zone.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_answer_is_kept_for_longer_than_the_cap()
    {
        _zone.Ttl = uint.MaxValue;
        _zone.A("a.test", "192.0.2.7");
        DnsCache cache = Cache();
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        await cache.LookUpAsync("none.test", DnsType.A, Token);
        _clock.Advance(_options.MaxAbsenceTtl);
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        await cache.LookUpAsync("none.test", DnsType.A, Token);
        _clock.Advance(_options.MaxTtl);
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        _zone.Asked.ShouldBe(["A a.test", "A none.test", "A none.test", "A a.test"]);
    }

    [Theory]
    [InlineData((int)DnsStatus.Failed)]
    [InlineData((int)DnsStatus.Silent)]
    public async Task A_failure_is_kept_for_a_moment(int status)
    {
        _zone.Otherwise = (DnsStatus)status;
        DnsCache cache = Cache();
        (await cache.LookUpAsync("a.test", DnsType.A, Token)).Status.ShouldBe((DnsStatus)status);
        _clock.Advance(TimeSpan.FromSeconds(4));
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        _zone.Asked.Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await cache.LookUpAsync("a.test", DnsType.A, Token);
        _zone.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_question_goes_out_however_many_ask_it()
    {
        _zone.Gate = new TaskCompletionSource();
        DnsCache cache = Cache();
        Task<DnsAnswer>[] asking =
        [
            .. Enumerable.Range(0, 100).Select(_ => cache.LookUpAsync("a.test", DnsType.A, Token).AsTask()),
        ];
        _zone.Gate.SetResult();
        await Task.WhenAll(asking);
        _zone.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_leaves_does_not_spoil_it_for_the_others()
    {
        _zone.Gate = new TaskCompletionSource();
        DnsCache cache = Cache();
        using var leaving = new CancellationTokenSource();
        Task<DnsAnswer> first = cache.LookUpAsync("a.test", DnsType.A, leaving.Token).AsTask();
        Task<DnsAnswer> second = cache.LookUpAsync("a.test", DnsType.A, Token).AsTask();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        _zone.Gate.SetResult();
        (await second).Status.ShouldBe(DnsStatus.Absent);
    }

    [Fact]
    public async Task Above_the_limit_of_open_questions_one_fails_at_once()
    {
        _zone.Gate = new TaskCompletionSource();
        DnsCache cache = Cache();
        Task<DnsAnswer>[] open =
        [
            .. Enumerable
                .Range(0, _options.MaxQuestions)
                .Select(i => cache.LookUpAsync($"n{i}.test", DnsType.A, Token).AsTask()),
        ];
        ValueTask<DnsAnswer> over = cache.LookUpAsync("over.test", DnsType.A, Token);
        over.IsCompletedSuccessfully.ShouldBeTrue();
        (await over).Status.ShouldBe(DnsStatus.Failed);
        _zone.Gate.SetResult();
        await Task.WhenAll(open);
    }

    [Fact]
    public void A_table_forgets_what_was_not_used_and_never_grows()
    {
        var table = new RecentTable<int, int>(100);
        for (int i = 0; i < 10_000; i++)
        {
            table.Set(i, i);
            table.TryGet(0, out int zero).ShouldBeTrue();
            zero.ShouldBe(0);
            table.Count.ShouldBeLessThanOrEqualTo(101);
        }

        table.TryGet(1, out _).ShouldBeFalse();
    }

    private DnsCache Cache() => new(_zone, _options, _clock);
}
