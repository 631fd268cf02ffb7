namespace Ringfence.Media.Tones;

/// <summary>One special information tone: that of the ITU, or one of the four by which North America tells causes apart.</summary>
/// <param name="Name">Short name: <c>itu</c>, <c>reorder</c>, <c>vacant</c>, <c>no-circuit</c>, <c>intercept</c>.</param>
/// <param name="Title">What it says.</param>
/// <param name="Cadence">The tone.</param>
/// <param name="Causes">Q.850 causes that it stands for; empty for the one that stands for all others.</param>
/// <param name="Source">Where the values come from.</param>
public sealed record SpecialInformationTone(
    string Name,
    string Title,
    ToneCadence Cadence,
    IReadOnlyList<int> Causes,
    string Source
);
