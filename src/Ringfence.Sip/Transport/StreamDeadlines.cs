namespace Ringfence.Sip.Transport;

/// <summary>Until when a connection may wait for what, in timestamps of the clock.</summary>
internal sealed class StreamDeadlines(StreamLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);

    internal long Now => clock.GetTimestamp();

    internal long Of(StreamPhase phase) =>
        phase switch
        {
            StreamPhase.Connecting => After(limits.Connect),
            StreamPhase.Handshake or StreamPhase.Upgrade or StreamPhase.FirstOctet => After(limits.FirstOctet),
            StreamPhase.Idle => After(limits.Idle),
            StreamPhase.Header => After(limits.Header),
            StreamPhase.Body => After(limits.Body),
            StreamPhase.Closing => After(ClosingTime),
            _ => long.MaxValue,
        };

    internal long After(TimeSpan time) => Now + (long)(time.TotalSeconds * clock.TimestampFrequency);
}
