using Ringfence.Sip.Lanes;

namespace Ringfence.Sip.Resolve;

/// <summary>A lane's way to the resolver: asks from the lane, and hears on the lane.</summary>
/// <param name="resolver">The process's resolver.</param>
/// <param name="lane">The lane; use this object only on its thread.</param>
/// <param name="limit">Questions that may wait at one time.</param>
public sealed class LaneResolver(SipResolver resolver, Lane lane, int limit = 1024)
{
    /// <summary>How many questions wait.</summary>
    public int Open { get; private set; }

    /// <summary>The targets that failed of late.</summary>
    public DeadTargets Dead => resolver.Dead;

    /// <summary>
    /// The servers of a URI: at once when they are known (an address, or all of it in the cache) or when too many questions
    /// wait; else null, and <paramref name="answered"/> is called later, on the lane.
    /// </summary>
    public Resolution? Ask(ReadOnlySpan<byte> uri, Action<Resolution> answered) =>
        Open >= limit ? Resolution.Unavailable : Take(resolver.ResolveAsync(uri), answered);

    /// <summary>As above for a request that is forwarded without state: the same seed gives the same order (RFC 3263 §4.4).</summary>
    public Resolution? Ask(ReadOnlySpan<byte> uri, ulong seed, Action<Resolution> answered) =>
        Open >= limit ? Resolution.Unavailable : Take(resolver.ResolveAsync(uri, seed), answered);

    private Resolution? Take(ValueTask<Resolution> asking, Action<Resolution> answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        if (asking.IsCompletedSuccessfully)
        {
            return asking.GetAwaiter().GetResult();
        }

        Open++;
        _ = BringAsync(asking, answered);
        return null;
    }

    private async Task BringAsync(ValueTask<Resolution> asking, Action<Resolution> answered)
    {
        Resolution found = Resolution.Unavailable;
        try
        {
            found = await asking.ConfigureAwait(false);
        }
        finally
        {
            // Whatever happens, whoever asked hears of it.
            await lane.PostAsync(new Answered(this, found, answered)).ConfigureAwait(false);
        }
    }

    private sealed class Answered(LaneResolver from, Resolution found, Action<Resolution> answered) : LaneWork
    {
        public override void Run(Lane lane)
        {
            from.Open--;
            answered(found);
        }
    }
}
