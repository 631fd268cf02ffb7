namespace Ringfence.Media.Hearing;

/// <summary>What a stretch of audio is.</summary>
public enum HeardKind
{
    /// <summary>Nothing, or noise below the threshold.</summary>
    Silence,

    /// <summary>Sound that is no steady tone: speech, music, noise.</summary>
    Speech,

    /// <summary>A steady tone that is none of those below.</summary>
    Tone,

    /// <summary>The called party is being alerted.</summary>
    Ringback,

    /// <summary>The called party is busy.</summary>
    Busy,

    /// <summary>The network cannot serve the call.</summary>
    Congestion,

    /// <summary>A special information tone: an announcement follows or the call failed.</summary>
    SpecialInformation,
}
