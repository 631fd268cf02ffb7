namespace Ringfence.Codes;

/// <summary>A written comparison of two codes that people confuse.</summary>
/// <param name="Verdict">One sentence that settles it.</param>
/// <param name="Text">Paragraphs.</param>
/// <param name="Choose">Which to send when, in one sentence.</param>
public sealed record PairText(string Verdict, IReadOnlyList<string> Text, string Choose);
