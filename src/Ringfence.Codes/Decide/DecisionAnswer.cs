namespace Ringfence.Codes;

/// <summary>One row of "which code should I send?", worded.</summary>
/// <param name="Id">Name of the row.</param>
/// <param name="Who">Who decided.</param>
/// <param name="Why">Why.</param>
/// <param name="Whom">Who must understand it, or for how many places it speaks.</param>
/// <param name="Send">The code to send.</param>
/// <param name="Also">Codes that are defensible as well.</param>
/// <param name="Because">The reason in one sentence.</param>
/// <param name="Sources">Where it stands.</param>
public sealed record DecisionAnswer(
    string Id,
    string Who,
    string Why,
    string Whom,
    CodeLink Send,
    IReadOnlyList<CodeLink> Also,
    string Because,
    IReadOnlyList<string> Sources
);
