namespace Ringfence.Edge.Storage;

/// <summary>How the media of a gated call was.</summary>
public sealed record CallMedia
{
    /// <summary>Of a call without media of its own.</summary>
    internal static CallMedia None { get; } = new();

    /// <summary>Estimated quality of what came from the caller, 1 to 4.41 (ITU-T G.107); 0 where nothing did, -1 where its codec has no figures.</summary>
    public double CallerMos { get; init; }

    /// <summary>Estimated quality of what came from the callee; 0 where nothing did, -1 where its codec has no figures.</summary>
    public double CalleeMos { get; init; }

    /// <summary>There and back to the caller, by its RTCP; -1 where it said nothing.</summary>
    public int CallerRoundTripMs { get; init; } = -1;

    /// <summary>There and back to the callee, by its RTCP; -1 where it said nothing.</summary>
    public int CalleeRoundTripMs { get; init; } = -1;

    /// <summary>How likely the answer was false, 0 to 100; -1 where nobody judged.</summary>
    public int FalseAnswer { get; init; } = -1;
}
