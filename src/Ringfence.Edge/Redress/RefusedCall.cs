using System.Text.Json;
using Ringfence.Screening;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Redress;

/// <summary>A refused call, for whoever has its token.</summary>
/// <param name="Token">The token.</param>
/// <param name="CallId">Its id in the records.</param>
/// <param name="At">When.</param>
/// <param name="StatusCode">What it was refused with.</param>
/// <param name="Phrase">The phrase that went with it.</param>
/// <param name="Verdict">Who refused it and why.</param>
/// <param name="Facts">What the verdict rests on.</param>
internal sealed record RefusedCall(
    string Token,
    string CallId,
    DateTimeOffset At,
    int StatusCode,
    string Phrase,
    Verdict Verdict,
    CallFacts Facts
)
{
    /// <summary>True where the operator decided: only then is there something that it can grant.</summary>
    internal bool MayAppeal => Verdict.DecidedBy is DecidedBy.Operator or DecidedBy.Law;

    internal static CallFacts ReadFacts(string json) =>
        JsonSerializer.Deserialize(json, ScreeningJson.Default.CallFacts)!;

    internal static Verdict ReadVerdict(string json) => JsonSerializer.Deserialize(json, ScreeningJson.Default.Verdict);

    internal string VerdictJson() => JsonSerializer.Serialize(Verdict, ScreeningJson.Default.Verdict);

    internal string FactsJson() => JsonSerializer.Serialize(Facts, ScreeningJson.Default.CallFacts);
}
