namespace Ringfence.Diagnosis.Calls;

/// <summary>What is kept of a trace at a time.</summary>
public sealed record TraceLimits
{
    /// <summary>Calls kept; the oldest go first.</summary>
    public int MaxCalls { get; init; } = 100_000;

    /// <summary>Bytes of SIP messages kept.</summary>
    public long MaxMessageBytes { get; init; } = 96L << 20;

    /// <summary>RTP streams kept.</summary>
    public int MaxStreams { get; init; } = 100_000;

    /// <summary>Bytes of packets of one stream that can be listened to: 30 seconds of G.711.</summary>
    public int MaxAudioOfStream { get; init; } = 270_000;

    /// <summary>Bytes of memory for all of them: of packets that can be read again in their input, only where they are takes any.</summary>
    public long MaxAudio { get; init; } = 128L << 20;
}
