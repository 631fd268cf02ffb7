namespace Ringfence.Sip.Time;

/// <summary>The timer values of RFC 3261 §17 (table 4) and RFC 6026 §8.4, in milliseconds.</summary>
public sealed record SipTimers
{
    /// <summary>The defaults of RFC 3261.</summary>
    public static SipTimers Default { get; } = new();

    /// <summary>T1, the round-trip estimate.</summary>
    public int T1 { get; init; } = 500;

    /// <summary>T2, the longest retransmission interval for non-INVITE requests and INVITE responses.</summary>
    public int T2 { get; init; } = 4_000;

    /// <summary>T4, how long a message may linger in the network.</summary>
    public int T4 { get; init; } = 5_000;

    /// <summary>Timer C, how long a proxy waits for a final response after the last provisional one: over 3 minutes (§16.6).</summary>
    public int C { get; init; } = 180_500;

    /// <summary>Timer D, how long an INVITE client transaction absorbs final responses over an unreliable transport.</summary>
    public int D { get; init; } = 32_000;

    /// <summary>64·T1: timers B, F, H, J, L and M.</summary>
    public int Timeout => 64 * T1;
}
