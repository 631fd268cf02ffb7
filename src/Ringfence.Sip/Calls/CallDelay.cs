using Ringfence.Sip.Time;

namespace Ringfence.Sip.Calls;

/// <summary>What a call does after a while.</summary>
public static class CallDelay
{
    /// <summary>Does something after a while, on the call's lane; nothing when the call is ending or over by then.</summary>
    /// <param name="call">The call; this is called on its lane.</param>
    /// <param name="delay">How long to wait, in whole milliseconds.</param>
    /// <param name="action">What to do.</param>
    public static void After(this Call call, TimeSpan delay, Action action)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(action);
        call.Layer.Transactions.Lane.Timers.Arm(new Entry(call, action), (long)delay.TotalMilliseconds);
    }

    private sealed class Entry(Call call, Action action) : TimerEntry
    {
        protected internal override void OnDue(long now)
        {
            if (call.State < CallState.Ending)
            {
                action();
            }
        }
    }
}
