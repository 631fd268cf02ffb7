namespace Ringfence.Screening.Facts;

/// <summary>What callees have said of the caller.</summary>
/// <param name="Score">From 100 (nobody complains) to 0 (one delivered call in twenty, or more, was called unwanted).</param>
/// <param name="Reporters">How many different callees have reported the caller.</param>
/// <param name="Vouched">An appeal was granted and still holds.</param>
public readonly record struct ReputationFacts(int Score, int Reporters, bool Vouched)
{
    /// <summary>Nobody has complained.</summary>
    public static ReputationFacts Clean { get; } = new(100, 0, Vouched: false);
}
