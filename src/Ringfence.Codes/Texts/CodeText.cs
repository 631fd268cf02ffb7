namespace Ringfence.Codes;

/// <summary>What is written about one code in one language.</summary>
/// <param name="Says">What the code says, as a clause that follows "says".</param>
/// <param name="SendWhen">When to send it, as a clause that follows "when".</param>
/// <param name="Summary">The meaning in one sentence.</param>
/// <param name="Description">The meaning in two to four sentences.</param>
/// <param name="Seen">When it is seen.</param>
/// <param name="Causes">Causes, likeliest first.</param>
/// <param name="Resolve">What to do about it.</param>
/// <param name="Notes">History and traps.</param>
/// <param name="Words">What people type who do not know the number.</param>
public sealed record CodeText(
    string Says,
    string SendWhen,
    string Summary,
    string Description,
    IReadOnlyList<string> Seen,
    IReadOnlyList<string> Causes,
    ResolveSteps Resolve,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Words
);
