namespace Ringfence.Edge.Configuration;

/// <summary>What callers hear before the answer.</summary>
public sealed record EarlyMediaConfiguration
{
    /// <summary>Country whose ringback is played (ISO 3166, lower case).</summary>
    public string Ringback { get; init; } = "us";

    /// <summary>Milliseconds of silence from the far side after which the local ringback comes back.</summary>
    public int SilenceAfterMs { get; init; } = 3_000;

    /// <summary>First UDP port of the RTP range.</summary>
    public int FirstPort { get; init; } = 20_000;

    /// <summary>Last UDP port of the RTP range.</summary>
    public int LastPort { get; init; } = 29_999;

    /// <summary>Folder into which the early media of each gated call is recorded as WAV; null for none.</summary>
    public string? RecordTo { get; init; }

    /// <summary>Milliseconds for which a call may ring before it ends with 480 (RFC 3261 §21.4.18).</summary>
    public int RingForMs { get; init; } = 180_000;
}
