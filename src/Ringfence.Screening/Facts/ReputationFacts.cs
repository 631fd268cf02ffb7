using System.Text.Json.Serialization;

namespace Ringfence.Screening.Facts;

/// <summary>What callees have said of the caller.</summary>
public readonly record struct ReputationFacts
{
    // What is not known is not held against the caller: the default value is that of a caller of whom nobody complains.
    private readonly int _lost;

    /// <summary>Puts the three facts together.</summary>
    [JsonConstructor]
    public ReputationFacts(int score, int reporters, bool vouched)
    {
        _lost = 100 - score;
        Reporters = reporters;
        Vouched = vouched;
    }

    /// <summary>Nobody has complained.</summary>
    public static ReputationFacts Clean => default;

    /// <summary>From 100 (nobody complains) to 0 (one delivered call in twenty, or more, was called unwanted).</summary>
    public int Score => 100 - _lost;

    /// <summary>How many different callees have reported the caller.</summary>
    public int Reporters { get; }

    /// <summary>An appeal was granted and still holds.</summary>
    public bool Vouched { get; }
}
