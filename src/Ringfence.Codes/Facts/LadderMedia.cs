namespace Ringfence.Codes;

/// <summary>Media that begins with an arrow of a ladder.</summary>
/// <param name="Kind">What is heard.</param>
public sealed record LadderMedia(LadderMediaKind Kind);
