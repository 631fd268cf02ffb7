namespace Ringfence.Codes;

/// <summary>One message of a ladder, in a language.</summary>
/// <param name="From">Index of the sender among the participants.</param>
/// <param name="To">Index of the receiver.</param>
/// <param name="Message">A method, or code and phrase.</param>
/// <param name="Caption">What happens, or null.</param>
/// <param name="Sdp">Whether it carries SDP.</param>
/// <param name="MediaKind">What is heard from here on, or null.</param>
/// <param name="Media">The same in words, or null.</param>
public sealed record WordedArrow(
    int From,
    int To,
    string Message,
    string? Caption,
    bool Sdp,
    LadderMediaKind? MediaKind,
    string? Media
);
