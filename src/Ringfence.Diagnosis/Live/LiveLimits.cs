using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Live;

/// <summary>What is kept of calls that are going on.</summary>
public sealed record LiveLimits
{
    /// <summary>Calls followed at a time; beyond it the oldest is told as it stands.</summary>
    public int MaxCalls { get; init; } = 2_000;

    /// <summary>Messages kept of one call; of the others only the end is seen.</summary>
    public int MaxMessagesOfCall { get; init; } = 400;

    /// <summary>How long packets are waited for after the end of a call.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long without a message an unanswered or vanished call is told as it stands; media keeps an answered one.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>What is kept of one call.</summary>
    public TraceLimits OfCall { get; init; } =
        new()
        {
            MaxCalls = 1,
            MaxMessageBytes = 512 << 10,
            MaxStreams = 32,
            MaxAudioOfStream = 120_000,
            MaxAudio = 240_000,
        };
}
