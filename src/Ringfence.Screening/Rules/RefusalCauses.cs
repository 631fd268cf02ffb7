using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Rules;

/// <summary>Tells from a rule's code, owner and conditions why it refuses.</summary>
internal static class RefusalCauses
{
    public static RefusalCause Of(PolicyRule rule) =>
        rule.Action.Code switch
        {
            RefusalCode.ByWhoDecided => ByWhoDecided(rule),
            RefusalCode.UseIdentityHeader
            or RefusalCode.BadIdentityInfo
            or RefusalCode.UnsupportedCredential
            or RefusalCode.InvalidIdentityHeader => RefusalCause.Identity,
            RefusalCode.AnonymityDisallowed => RefusalCause.Anonymous,
            RefusalCode.TemporarilyUnavailable or RefusalCode.BusyHere => RefusalCause.NotHere,
            RefusalCode.Unwanted or RefusalCode.Decline or RefusalCode.BusyEverywhere => RefusalCause.Unwanted,
            RefusalCode.Rejected or RefusalCode.NetworkBlocked => RefusalCause.Analytics,
            RefusalCode.NotFound or RefusalCode.DoesNotExistAnywhere or RefusalCode.Gone => RefusalCause.InvalidCallee,
            _ => ByWhoDecided(rule),
        };

    private static RefusalCause ByWhoDecided(PolicyRule rule)
    {
        if (Asks(rule, FactName.Anonymous) || AsksWord(rule, FactName.CallerForm, "anonymous"))
        {
            return RefusalCause.Anonymous;
        }

        if (rule.Owner == RuleOwner.User)
        {
            return Asks(rule, FactName.Schedule) ? RefusalCause.NotHere : RefusalCause.Unwanted;
        }

        if (AsksList(rule, FactName.CalleeIn) || AsksWord(rule, FactName.CalleeForm, "invalid"))
        {
            return RefusalCause.InvalidCallee;
        }

        if (AsksList(rule, FactName.CallerIn) || AsksWord(rule, FactName.CallerForm, "invalid"))
        {
            return RefusalCause.InvalidCaller;
        }

        return Asks(rule, FactName.FailedStep) || RefusesIdentity(rule)
            ? RefusalCause.Identity
            : RefusalCause.Analytics;
    }

    // Only where nothing but the identity is asked: with rates or reputation beside it, analytics decide.
    private static bool RefusesIdentity(PolicyRule rule) =>
        rule.Conditions.Any(c =>
            c is WordCondition { Fact: FactName.Verification } word
            && (word.Words & (1u << (int)Stir.Verification.VerificationOutcome.Passed)) == 0
        ) && !rule.Conditions.Any(c => c is NumberCondition);

    private static bool Asks(PolicyRule rule, FactName fact) => rule.Conditions.Any(c => c.Fact == fact);

    private static bool AsksWord(PolicyRule rule, FactName fact, string word) =>
        rule.Conditions.Any(c =>
            c is WordCondition asked
            && c.Fact == fact
            && asked.Words == 1u << Array.IndexOf(FactCatalogue.Words(fact), word)
        );

    private static bool AsksList(PolicyRule rule, FactName fact) =>
        rule.Conditions.Any(c =>
            c is ListCondition list
            && c.Fact == fact
            && list.Lists.Any(l => l is WellKnownLists.DoNotOriginate or WellKnownLists.Unallocated)
        );
}
