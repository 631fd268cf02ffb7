using Microsoft.Data.Sqlite;
using Ringfence.Edge.Storage;

namespace Ringfence.Edge.Tests.Storage;

/// <summary>What is handed over is written once, in order, whatever the disk does meanwhile.</summary>
public sealed class BatchWriterTests
{
    private readonly List<int> _written = [];
    private readonly List<int> _refused = [];
    private volatile bool _isLocked;

    [Fact]
    public async Task What_was_handed_over_is_written_in_order()
    {
        await using BatchWriter<int> writer = Writer(10_000);
        for (int i = 0; i < 2_500; i++)
        {
            writer.Add(i);
        }

        await writer.SettleAsync(TestContext.Current.CancellationToken);
        _written.ShouldBe(Enumerable.Range(0, 2_500));
        writer.Written.ShouldBe(2_500);
        writer.Lost.ShouldBe(0);
        writer.IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_that_the_disk_refused_is_written_when_it_is_back()
    {
        await using BatchWriter<int> writer = Writer(10);
        _isLocked = true;
        writer.Add(7);
        Task settled = writer.SettleAsync(TestContext.Current.CancellationToken);
        await WaitAsync(() => !writer.IsSound);
        _isLocked = false;
        await settled;
        _written.ShouldBe([7]);
        _refused.ShouldNotBeEmpty();
        writer.IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task What_does_not_fit_or_is_not_written_at_the_end_is_counted()
    {
        BatchWriter<int> writer = Writer(4);
        _isLocked = true;
        writer.Add(1);
        await WaitAsync(() => !writer.IsSound);
        for (int i = 0; i < 6; i++)
        {
            writer.Add(i);
        }

        writer.Lost.ShouldBe(2);
        await writer.DisposeAsync();
        writer.Lost.ShouldBe(7);
        writer.Written.ShouldBe(0);
        _written.ShouldBeEmpty();
    }

    private BatchWriter<int> Writer(int queueLength) =>
        new(queueLength, Write, (count, _) => _refused.Add(count), TimeProvider.System);

    private void Write(IReadOnlyList<int> values)
    {
        if (_isLocked)
        {
            throw new SqliteException("database is locked", 5);
        }

        _written.AddRange(values);
    }

    private static async Task WaitAsync(Func<bool> until)
    {
        while (!until())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
