namespace Ringfence.Edge.Redress;

/// <summary>A refused caller says that the refusal was wrong.</summary>
/// <param name="Token">Of the refused call.</param>
/// <param name="At">When.</param>
/// <param name="Reach">How the caller can be reached; may be empty.</param>
/// <param name="Message">What it says.</param>
/// <param name="State">Where the appeal stands.</param>
/// <param name="Answer">What the operator answered; empty before.</param>
/// <param name="Answered">When; null before.</param>
internal sealed record Appeal(
    string Token,
    DateTimeOffset At,
    string Reach,
    string Message,
    AppealState State,
    string Answer,
    DateTimeOffset? Answered
);
