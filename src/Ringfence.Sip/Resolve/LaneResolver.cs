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

    /// <summary>
    /// The servers of a URI: at once when they are known (an address, or all of it in the cache) or when too many questions
    /// wait; else null, and <paramref name="answered"/> is called later, on the lane.
    /// </summary>
    public Resolution? Ask(ReadOnlySpan<byte> uri, Action<Resolution> answered)
    {
        ArgumentNullException.ThrowIfNull(answered);
        if (Open >= limit)
        {
            return Resolution.Unavailable;
        }

        ValueTask<Resolution> asking = resolver.ResolveAsync(uri);
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
