namespace Ringfence.Edge.Pipeline;

/// <summary>Something that ends and must be renewed before.</summary>
/// <param name="Kind">signer, root, trust-list or crl.</param>
/// <param name="Name">Which one.</param>
/// <param name="When">When.</param>
internal readonly record struct StirEnding(string Kind, string Name, DateTimeOffset When);
