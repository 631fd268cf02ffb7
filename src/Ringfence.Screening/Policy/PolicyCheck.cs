using Ringfence.Screening.Rules;
using Ringfence.Screening.Rules.Conditions;

namespace Ringfence.Screening.Policy;

/// <summary>Warns of rules that can never decide, and of refusals whose code contradicts who decided.</summary>
internal static class PolicyCheck
{
    public static void Warn(ScreeningPolicy policy, MistakeLog log)
    {
        WarnOfUnreachable(policy, log);
        foreach (var rule in policy.Rules)
        {
            if (rule.Action.Verb == RuleVerb.Refuse && Contradiction(rule) is var (message, remedy))
            {
                log.Warning(rule.Line, $"'{rule.Name}': {message}", remedy);
            }
        }
    }

    private static void WarnOfUnreachable(ScreeningPolicy policy, MistakeLog log)
    {
        var before = new HidingRules();
        foreach (var rule in policy.Rules.Where(r => r.Action.Verb != RuleVerb.Mark))
        {
            if (before.Find(rule) is { } hiding)
            {
                log.Warning(
                    rule.Line,
                    $"'{rule.Name}' can never decide: '{hiding.Name}' (line {hiding.Line}) holds for every call for which it does",
                    "put the narrower rule first, or delete it"
                );
            }
            else if (rule.Action.Verb != RuleVerb.Challenge)
            {
                before.Add(rule);
            }
        }
    }

    private static (string Message, string Remedy)? Contradiction(PolicyRule rule) =>
        (rule.Action.Code, rule.Owner) switch
        {
            (RefusalCode.Unwanted, not RuleOwner.User) => (
                "607 says that the called user refused, but the rule is not the user's",
                "write 'refuse 608', or 'owner: user' where the user asked for it"
            ),
            (RefusalCode.Rejected, RuleOwner.User) => (
                "608 says that an intermediary refused, but the rule is the user's",
                "write 'refuse 607'"
            ),
            (RefusalCode.NetworkBlocked, RuleOwner.User) => (
                "603+ says that the network refused, but the rule is the user's",
                "write 'refuse 607'"
            ),
            (RefusalCode.NetworkBlocked, _) when rule.Conditions.Any(AsksForInvalidNumbers) => (
                "603+ is for analytics and not for numbers that never originate calls",
                "write 'refuse 403'"
            ),
            (RefusalCode.Decline or RefusalCode.BusyEverywhere, not RuleOwner.User) => (
                $"{(int)rule.Action.Code} says that the called user refused, but the rule is not the user's",
                "write 'refuse 608' or 'refuse 603+'"
            ),
            (RefusalCode.TemporarilyUnavailable or RefusalCode.BusyHere, not RuleOwner.User) => (
                $"{(int)rule.Action.Code} speaks for one device of the user, but the rule is not the user's",
                "write 'refuse 608'"
            ),
            (
                RefusalCode.UseIdentityHeader
                    or RefusalCode.BadIdentityInfo
                    or RefusalCode.UnsupportedCredential
                    or RefusalCode.InvalidIdentityHeader,
                _
            ) when !rule.Conditions.Any(c => c.Fact is FactName.Verification or FactName.FailedStep) => (
                $"{(int)rule.Action.Code} says that the caller's identity failed, but the rule does not ask for that",
                "add 'verification: failed' or 'verification: absent', or write 'refuse 608'"
            ),
            (RefusalCode.AnonymityDisallowed, _)
                when !rule.Conditions.Any(c =>
                    c.Fact is FactName.Anonymous or FactName.CallerForm or FactName.Privacy
                ) => (
                "433 says that the caller withholds its identity, but the rule does not ask for that",
                "add 'anonymous: true'"
            ),
            (RefusalCode.NotFound or RefusalCode.DoesNotExistAnywhere or RefusalCode.Gone, _)
                when !rule.Conditions.Any(AsksForInvalidNumbers) => (
                $"{(int)rule.Action.Code} says that the number does not exist, but the rule does not ask for that",
                "ask for a list of numbers that do not exist, or write 'refuse 608'"
            ),
            _ => null,
        };

    private static bool AsksForInvalidNumbers(Condition condition) =>
        condition.Fact
            is FactName.Callee
                or FactName.CalleeIn
                or FactName.CallerIn
                or FactName.CallerForm
                or FactName.CalleeForm;
}
