using System.Globalization;
using Ringfence.Screening.Facts;

namespace Ringfence.Screening.Rules;

/// <summary>Reads one fact of a call by its name.</summary>
internal static class FactValues
{
    public static double Number(FactName fact, CallFacts facts) =>
        fact switch
        {
            FactName.Diversions => facts.Diversions.Length,
            FactName.CallsPerMinute => facts.Rates.CallsPerMinute,
            FactName.CallsPerHour => facts.Rates.CallsPerHour,
            FactName.CallsPerDay => facts.Rates.CallsPerDay,
            FactName.DistinctCallees => facts.Rates.DistinctCallees,
            FactName.AnswerRatio => facts.Rates.AnswerRatio,
            FactName.ShortCallRatio => facts.Rates.ShortCallRatio,
            FactName.Refusals => facts.Rates.Refusals,
            FactName.InvalidRatio => facts.Rates.InvalidRatio,
            FactName.NeighbourRatio => facts.Rates.NeighbourRatio,
            FactName.SequentialRun => facts.Rates.SequentialRun,
            FactName.BlockCallers => facts.Rates.BlockCallers,
            FactName.CallersOfCallee => facts.Rates.CallersOfCallee,
            FactName.KnownHours => facts.Rates.KnownHours,
            FactName.Reputation => facts.Reputation.Score,
            FactName.Reporters => facts.Reputation.Reporters,
            FactName.RecentAttempts => facts.History.RecentAttempts,
            FactName.DifferingDigits => facts.Caller.Number.DifferingDigits(facts.Callee.Number),
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "Not a number."),
        };

    public static bool Flag(FactName fact, CallFacts facts) =>
        fact switch
        {
            FactName.Anonymous => facts.IsAnonymous,
            FactName.Vouched => facts.Reputation.Vouched,
            FactName.Dialled => facts.History.Dialled,
            FactName.Answered => facts.History.Answered,
            FactName.Contact => facts.History.Contact,
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "Not a flag."),
        };

    /// <summary>The words that hold, as bits in the order of <see cref="FactCatalogue.Words"/>.</summary>
    public static uint Words(FactName fact, CallFacts facts) =>
        fact switch
        {
            FactName.CallerForm => 1u << (int)facts.Caller.Form,
            FactName.CalleeForm => 1u << (int)facts.Callee.Form,
            FactName.IdentityFrom => 1u << (int)facts.IdentityFrom,
            FactName.Attestation => 1u << (int)facts.Attestation,
            FactName.Verification => 1u << (int)facts.Verification,
            FactName.Challenge => 1u << (int)facts.Challenge,
            FactName.Privacy => facts.Privacy == 0 ? 1u : (uint)facts.Privacy << 1,
            FactName.Emergency => facts.Emergency == 0 ? 1u : (uint)facts.Emergency << 1,
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "Not a word."),
        };

    public static Party Party(FactName fact, CallFacts facts) =>
        fact switch
        {
            FactName.Caller or FactName.CallerIn => facts.Caller,
            FactName.Callee or FactName.CalleeIn => facts.Callee,
            _ => facts.Diversions.IsEmpty ? default : facts.Diversions[^1],
        };

    public static string Text(FactName fact, CallFacts facts) =>
        fact switch
        {
            FactName.Trunk => facts.Trunk,
            FactName.FailedStep => facts.FailedStep ?? "",
            FactName.DisplayName => facts.DisplayName ?? "",
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "Not a text."),
        };

    public static string Format(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
