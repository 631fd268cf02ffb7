using System.Text.Json;
using Ringfence.Screening.Facts;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Rules;

/// <summary>How each fact is asked for in a policy.</summary>
internal static class FactCatalogue
{
    private static readonly Dictionary<FactName, string[]> WordsOf = new()
    {
        [FactName.CallerForm] = WordsFrom<PartyForm>(),
        [FactName.CalleeForm] = WordsFrom<PartyForm>(),
        [FactName.IdentityFrom] = WordsFrom<IdentitySource>(),
        [FactName.Attestation] = ["none", "C", "B", "A"],
        [FactName.Verification] = WordsFrom<VerificationOutcome>(),
        [FactName.Challenge] = WordsFrom<ChallengeState>(),
        [FactName.Privacy] = WordsFrom<PrivacyRequests>(),
        [FactName.Emergency] = WordsFrom<EmergencyContext>(),
    };

    /// <summary>The facts that a policy can ask for.</summary>
    public static IEnumerable<FactName> Askable => Enum.GetValues<FactName>().Where(f => KindOf(f) != FactKind.None);

    public static FactKind KindOf(FactName fact) =>
        fact switch
        {
            FactName.None or FactName.Strangers => FactKind.None,
            FactName.Caller or FactName.Callee or FactName.Diverter => FactKind.Party,
            FactName.CallerIn or FactName.CalleeIn or FactName.DiverterIn => FactKind.List,
            FactName.Trunk or FactName.FailedStep or FactName.DisplayName => FactKind.Text,
            FactName.Anonymous or FactName.Vouched or FactName.Dialled or FactName.Answered or FactName.Contact =>
                FactKind.Flag,
            FactName.Schedule => FactKind.Schedule,
            _ => WordsOf.ContainsKey(fact) ? FactKind.Word : FactKind.Number,
        };

    /// <summary>The words of a fact; the place of each is its bit.</summary>
    public static string[] Words(FactName fact) => WordsOf[fact];

    private static string[] WordsFrom<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
