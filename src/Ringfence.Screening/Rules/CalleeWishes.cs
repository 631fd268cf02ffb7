using System.Numerics;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;

namespace Ringfence.Screening.Rules;

/// <summary>The parts of the order that no policy has to write, and none can take away.</summary>
internal static class CalleeWishes
{
    private static readonly Reason Plain = new()
    {
        Rule = "",
        Observed = "",
        Expected = "",
    };

    /// <summary>What is said where nobody objects.</summary>
    public static Verdict NobodyObjects { get; } = Progress(DecidedBy.Default, Plain);

    /// <summary>Emergency calls, call-backs and the window after an emergency call: nobody may stop them.</summary>
    public static Verdict? Emergency(CallFacts facts) =>
        facts.IsEmergency ? Because(DecidedBy.Emergency, FactName.Emergency, SpellEmergency(facts.Emergency)) : null;

    /// <summary>Callers whom the callee allows, has dialled or answered, or knows.</summary>
    public static Verdict? Wanted(CallFacts facts)
    {
        if (HitOn(facts, WellKnownLists.CalleeAllowed) is { } hit)
        {
            return Because(DecidedBy.User, FactName.CallerIn, $"{hit.List} ({hit.Entry})");
        }

        return facts.History switch
        {
            { Dialled: true } => Because(DecidedBy.User, FactName.Dialled, "true"),
            { Answered: true } => Because(DecidedBy.User, FactName.Answered, "true"),
            { Contact: true } => Because(DecidedBy.User, FactName.Contact, "true"),
            _ => null,
        };
    }

    /// <summary>Callers whom the callee blocks; withheld names, quiet hours and strangers where the callee said so.</summary>
    public static Verdict? Unwanted(CallFacts facts)
    {
        if (HitOn(facts, WellKnownLists.CalleeBlocked) is { } hit)
        {
            return Refuse(RefusalCause.Unwanted, FactName.CallerIn, $"{hit.List} ({hit.Entry})");
        }

        if (facts.Preferences is not { } wishes)
        {
            return null;
        }

        if (wishes.RefuseAnonymous && facts.IsAnonymous)
        {
            return Refuse(RefusalCause.Anonymous, FactName.Anonymous, "true");
        }

        if (wishes.Quiet is { } quiet && quiet.Contains(facts.At))
        {
            return Refuse(RefusalCause.NotHere, FactName.Schedule, quiet.ToString());
        }

        return wishes.Strangers switch
        {
            StrangerWish.Refuse => Refuse(RefusalCause.Unwanted, FactName.Strangers, ""),
            StrangerWish.SayWho when facts.Challenge != ChallengeState.Passed => new Verdict
            {
                Decision = Decision.Challenge,
                DecidedBy = DecidedBy.User,
                Rule = "",
                Challenge = ChallengeKind.SayWho,
                Reasons = [Plain with { Fact = FactName.Strangers }],
                Marks = [],
            },
            _ => null,
        };
    }

    private static string SpellEmergency(EmergencyContext emergency) =>
        FactCatalogue.Words(FactName.Emergency)[
            emergency == EmergencyContext.None ? 1 : BitOperations.Log2((uint)emergency) + 1
        ];

    private static ListHit? HitOn(CallFacts facts, string list)
    {
        foreach (var hit in facts.Lists)
        {
            if (hit.Subject == ListSubject.Caller && string.Equals(hit.List, list, StringComparison.Ordinal))
            {
                return hit;
            }
        }

        return null;
    }

    private static Verdict Because(DecidedBy who, FactName fact, string observed) =>
        Progress(who, Plain with { Fact = fact, Observed = observed });

    private static Verdict Progress(DecidedBy who, Reason reason) =>
        new()
        {
            Decision = Decision.Progress,
            DecidedBy = who,
            Rule = "",
            Reasons = [reason],
            Marks = [],
        };

    private static Verdict Refuse(RefusalCause cause, FactName fact, string observed) =>
        new()
        {
            Decision = Decision.Refuse,
            DecidedBy = DecidedBy.User,
            Rule = "",
            Cause = cause,
            Reasons = [Plain with { Fact = fact, Observed = observed }],
            Marks = [],
        };
}
