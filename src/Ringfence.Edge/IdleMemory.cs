namespace Ringfence.Edge;

/// <summary>
/// Gives memory back to the system after a storm: the collector itself only does so when more is asked of it, and an edge that
/// has become quiet asks for nothing. Only while no call is up, so that no one hears the pause.
/// </summary>
internal static class IdleMemory
{
    private const long Grown = 8 << 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Looks every five seconds until it is cancelled.</summary>
    /// <param name="calls">Calls that are up.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task RunAsync(Func<int> calls, TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, clock);
        long kept = 0;
        long allocated = 0;
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            long now = GC.GetTotalAllocatedBytes();
            bool isQuiet = calls() == 0 && now - allocated < Grown;
            allocated = now;
            if (isQuiet && GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes > kept + Grown)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                kept = GC.GetGCMemoryInfo(GCKind.FullBlocking).TotalCommittedBytes;
            }
        }
    }
}
