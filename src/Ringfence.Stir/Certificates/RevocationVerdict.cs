using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>What the lists said of a path, for as long as they are the same and none comes of age.</summary>
/// <param name="Lists">The lists asked; each change makes a new array.</param>
/// <param name="Owner">Whose policy was applied.</param>
/// <param name="Fault">What they said.</param>
/// <param name="Until">When the next of them goes out of date.</param>
internal sealed record RevocationVerdict(
    RevocationList[] Lists,
    RevocationLists Owner,
    Fault Fault,
    DateTimeOffset Until
);
