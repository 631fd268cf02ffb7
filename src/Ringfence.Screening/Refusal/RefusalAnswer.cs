using System.Collections.Immutable;

namespace Ringfence.Screening.Refusal;

/// <summary>A refusal as it goes on the wire.</summary>
/// <param name="Status">The status.</param>
/// <param name="Phrase">The reason phrase.</param>
/// <param name="Reasons">The values of the Reason header, of different protocols.</param>
/// <param name="CallInfo">The value of Call-Info, or null.</param>
/// <param name="FeatureCaps">The value of Feature-Caps, or null.</param>
/// <param name="AnnounceFirst">
/// The caller's side cannot show a 608's contents: say them in early media (183, 100rel) before the final response (RFC 8688 §3.4).
/// </param>
public sealed record RefusalAnswer(
    int Status,
    string Phrase,
    ImmutableArray<ReasonValue> Reasons,
    string? CallInfo = null,
    string? FeatureCaps = null,
    bool AnnounceFirst = false
);
