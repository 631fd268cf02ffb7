using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Redress;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Evidence;

/// <summary>What callees said, over restarts: opened with the edge, saved while it runs, written out when it ends.</summary>
internal sealed class KeptEvidence : IAsyncDisposable
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(5);

    private readonly EvidenceWriter _writer;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _saving;

    internal KeptEvidence(EdgeConfiguration configuration, ILogger log, TimeProvider clock)
    {
        _clock = clock;
        Store = EvidenceStore.Open(configuration.Database);
        _writer = new EvidenceWriter(Store, log, clock);
        Book = new EvidenceBook(Reputation, _writer);
        Book.Restore(Store, clock.GetUtcNow());
        Desk = new RedressDesk(Book, Store, _writer, clock);
        Cards = new ReceivedCards(_writer, log, clock);
        Cards.Trust(configuration.Stir);
        _saving = SaveAsync();
    }

    internal EvidenceStore Store { get; }

    internal ReputationTable Reputation { get; } = new();

    internal EvidenceBook Book { get; }

    internal RedressDesk Desk { get; }

    internal ReceivedCards Cards { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Cards.DisposeAsync().ConfigureAwait(false);
        EvidenceRestore.SaveReputation(Reputation, _writer, _clock.GetUtcNow());
        await _writer.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    /// <summary>What is lost when the machine fails is read again from the reports since.</summary>
    private async Task SaveAsync()
    {
        using var timer = new PeriodicTimer(SaveEvery, _clock);
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            EvidenceRestore.SaveReputation(Reputation, _writer, _clock.GetUtcNow());
        }
    }
}
