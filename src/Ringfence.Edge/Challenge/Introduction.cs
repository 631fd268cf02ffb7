using Ringfence.Media.Prompts;

namespace Ringfence.Edge.Challenge;

/// <summary>What the callee is told of a caller that has said its name, and what follows from the callee's answer.</summary>
/// <param name="Name">The name as it was recorded, at <see cref="NameTap.SampleRate"/>.</param>
/// <param name="Prompts">What can be said.</param>
/// <param name="Accepted">The callee wants the call: notes that.</param>
/// <param name="Refused">The callee never wants this caller: refuses the call and closes its record.</param>
internal sealed record Introduction(ReadOnlyMemory<short> Name, PromptLibrary Prompts, Action Accepted, Action Refused);
