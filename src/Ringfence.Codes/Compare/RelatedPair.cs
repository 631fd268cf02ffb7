namespace Ringfence.Codes;

/// <summary>Another comparison that the reader may want.</summary>
/// <param name="Lower">The lower code.</param>
/// <param name="Higher">The higher code.</param>
/// <param name="Title">Question as a title.</param>
public sealed record RelatedPair(int Lower, int Higher, string Title);
