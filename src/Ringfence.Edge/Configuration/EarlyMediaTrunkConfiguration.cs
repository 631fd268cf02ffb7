namespace Ringfence.Edge.Configuration;

/// <summary>What holds before the answer for the calls of one trunk, in gate mode.</summary>
public sealed record EarlyMediaTrunkConfiguration
{
    /// <summary>Whether the caller gets 183 with SDP and ringback before the callee has said anything.</summary>
    public bool AtOnce { get; init; } = true;

    /// <summary>What the caller gets for a 180 without SDP.</summary>
    public ProgressTranslation On180 { get; init; } = ProgressTranslation.Ringback;

    /// <summary>What the caller gets for a provisional response with usable SDP.</summary>
    public ProgressTranslation OnMedia { get; init; } = ProgressTranslation.Pass;

    /// <summary>What the caller gets for a 183 without usable SDP.</summary>
    public ProgressTranslation OnSilent183 { get; init; } = ProgressTranslation.Ringback;

    /// <summary>What may flow before the answer; null for what holds in general.</summary>
    public EarlyDirections? Authorize { get; init; }

    /// <summary>Whether P-Early-Media is asked for, obeyed and said (RFC 5009): only between networks that trust each other.</summary>
    public bool SpeaksPEarlyMedia { get; init; }

    /// <summary>
    /// Whether early sessions are spoken (RFC 3959): offered to callers of the trunk that know them, and taken of its callees. Their early
    /// media then has ports of its own.
    /// </summary>
    public bool SpeaksEarlySessions { get; init; }

    /// <summary>Calls of one source address that may be in their early state at a time; 0 for any number.</summary>
    public int CallsPerSource { get; init; }

    /// <summary>
    /// Name of the profile by which Q.850 causes and status codes stand for each other; null: causes of the callee are understood
    /// by RFC 3398, and refusals get none that they do not have.
    /// </summary>
    public string? Causes { get; init; }
}
