namespace Ringfence.Media.Tones;

/// <summary>One tone of a country, and where its value comes from.</summary>
/// <param name="Cadence">The tone.</param>
/// <param name="Sources">Names of the sources that have this value.</param>
/// <param name="Note">What was corrected, or in what another source differs; null when there is nothing to say.</param>
public sealed record CountryTone(ToneCadence Cadence, IReadOnlyList<string> Sources, string? Note);
