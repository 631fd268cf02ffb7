using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Telemetry;
using Ringfence.Sip.Registrar;

namespace Ringfence.Edge.Registrar;

/// <summary>
/// Bindings in memory, and behind them in SQLite: a lane never waits for the disk. What has changed is written four times a second, an
/// address-of-record once however often it changed, and again later while the disk refuses.
/// </summary>
internal sealed class StoredBindings : IBindingStore, IAsyncDisposable
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(250);

    private readonly MemoryBindingStore _memory;
    private readonly BindingTable _table;
    private readonly ConcurrentDictionary<AddressOfRecord, IReadOnlyList<Binding>> _changed = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly ILogger _log;
    private readonly Task _writing;
    private bool _hasFailed;

    private StoredBindings(BindingTable table, MemoryBindingStore memory, ILogger log, TimeProvider clock)
    {
        _table = table;
        _memory = memory;
        _log = log;
        _writing = Task.Run(() => WriteAllAsync(clock));
    }

    /// <summary>Addresses-of-record that have bindings.</summary>
    internal int Count => _memory.Count;

    /// <summary>Opens the table and reads what is still in force.</summary>
    /// <exception cref="SqliteException">The file is no such database or cannot be written.</exception>
    internal static StoredBindings Open(string path, ILogger log, TimeProvider clock)
    {
        var memory = new MemoryBindingStore(clock);
        BindingTable table = BindingTable.Open(path);
        foreach ((AddressOfRecord address, IReadOnlyList<Binding> bindings) in table.Read(clock.GetUtcNow()))
        {
            memory.Commit(address, memory.Read(address), bindings);
        }

        return new StoredBindings(table, memory, log, clock);
    }

    /// <summary>The bindings of an address-of-record, expired ones possibly among them.</summary>
    internal IReadOnlyList<Binding> Read(AddressOfRecord address) => _memory.Read(address);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Binding>> ReadAsync(AddressOfRecord address, CancellationToken token) =>
        _memory.ReadAsync(address, token);

    /// <inheritdoc/>
    public ValueTask<CommitStatus> CommitAsync(
        AddressOfRecord address,
        IReadOnlyList<Binding> read,
        IReadOnlyList<Binding> bindings,
        CancellationToken token
    )
    {
        CommitStatus status = _memory.Commit(address, read, bindings);
        if (status == CommitStatus.Committed)
        {
            _changed[address] = bindings;
        }

        return new(status);
    }

    /// <summary>Writes what has changed, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _table.Dispose();
        _ending.Dispose();
    }

    private async Task WriteAllAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(WriteEvery, clock);
        while (!_ending.IsCancellationRequested)
        {
            await ((Task)timer.WaitForNextTickAsync(_ending.Token).AsTask()).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing
            );
            Write();
        }

        // The end may have come before the first round.
        Write();
    }

    private void Write()
    {
        KeyValuePair<AddressOfRecord, IReadOnlyList<Binding>>[] changes = [.. _changed];
        if (changes.Length == 0)
        {
            return;
        }

        try
        {
            _table.Write(changes);
            _hasFailed = false;
            foreach (KeyValuePair<AddressOfRecord, IReadOnlyList<Binding>> change in changes)
            {
                // What has changed once more meanwhile stays.
                _changed.TryRemove(change);
            }
        }
        catch (SqliteException e)
        {
            if (!_hasFailed)
            {
                RegistrarLog.NotWritten(_log, changes.Length, e.Message);
            }

            _hasFailed = true;
        }
    }
}
