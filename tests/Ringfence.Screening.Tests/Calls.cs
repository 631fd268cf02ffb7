using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Policy;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

namespace Ringfence.Screening.Tests;

/// <summary>Calls to put before policies.</summary>
internal static class Calls
{
    /// <summary>A Wednesday noon.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static CallFacts Plain { get; } =
        new()
        {
            At = Noon,
            Caller = Party.Parse("+33612345678"),
            Callee = Party.Parse("+33199001234"),
            IdentityFrom = IdentitySource.AssertedIdentity,
            Trunk = "carrier-a",
            Attestation = Attestation.A,
            Verification = VerificationOutcome.Passed,
            DisplayName = "Alice Martin",
        };

    public static ImmutableArray<ListHit> On(params string[] lists) =>
        [.. lists.Select(l => new ListHit(l, ListSubject.Caller, "+33612345678"))];

    public static ScreeningPolicy Policy(string rules) => Parse(rules).Policy.ShouldNotBeNull();

    public static PolicyParseResult Parse(string rules, PolicyVocabulary? vocabulary = null) =>
        PolicyParser.Parse("policy:\n" + rules, "p.yaml", vocabulary);
}
