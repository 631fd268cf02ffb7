namespace Ringfence.Codes;

/// <summary>One message of a ladder.</summary>
/// <param name="From">Index of the sender among the participants.</param>
/// <param name="To">Index of the receiver.</param>
/// <param name="Message">A method, or code and phrase.</param>
/// <param name="Step">Key of the labels <c>steps</c>: the caption, or null.</param>
/// <param name="Sdp">Whether it carries SDP.</param>
/// <param name="Media">What is heard from here on, or null.</param>
public sealed record LadderArrow(
    int From,
    int To,
    string Message,
    string? Step = null,
    bool Sdp = false,
    LadderMedia? Media = null
);
