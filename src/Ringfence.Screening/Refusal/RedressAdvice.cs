using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Refusal;

/// <summary>
/// What a refused caller is told who has the token of its call: what happened, under which attestation, and what it can do.
/// Nothing is said of the callee, nor of what others reported.
/// </summary>
public static class RedressAdvice
{
    private static readonly LocalTexts Texts = LocalTexts.Load("redress.json");

    /// <summary>The languages of the advice.</summary>
    public static ImmutableArray<string> Languages { get; } = [.. LocalTexts.Languages];

    /// <summary>The sentences in "en", "fr", "es" or "de"; English for any other language.</summary>
    public static ImmutableArray<string> For(in Verdict verdict, CallFacts facts, string language)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var what = verdict.DecidedBy switch
        {
            DecidedBy.User => "refused-by-user",
            DecidedBy.Law => "refused-by-law",
            _ => "refused-by-network",
        };
        return
        [
            Texts.Of(what, language),
            Texts
                .Of(IdentityOf(facts), language)
                .Replace("{0}", facts.Attestation.ToString(), StringComparison.Ordinal),
        ];
    }

    /// <summary>What is said under a token that stands for no call.</summary>
    public static string ForUnknown(string language) => Texts.Of("nothing-known", language);

    private static string IdentityOf(CallFacts facts) =>
        facts switch
        {
            { IsAnonymous: true } => "identity-withheld",
            { Verification: VerificationOutcome.Failed } => "identity-failed",
            { Attestation: Attestation.A } => "attestation-full",
            { Attestation: Attestation.None } => "identity-absent",
            _ => "attestation-low",
        };
}
