namespace Ringfence.Media.Prompts;

/// <summary>A file in a user's folder of prompts that cannot be used; the prompt that the library brings stays.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why not, in one sentence.</param>
public sealed record PromptFault(string Path, string Reason);
