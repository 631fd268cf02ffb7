namespace Ringfence.Screening.Rules;

/// <summary>What follows when a rule holds.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Code">For refuse: the code.</param>
/// <param name="Challenge">For challenge: how.</param>
/// <param name="Mark">For mark: the word.</param>
public readonly record struct RuleAction(
    RuleVerb Verb,
    RefusalCode Code = default,
    ChallengeKind Challenge = default,
    string? Mark = null
)
{
    /// <summary>As a policy writes it: "refuse 608".</summary>
    public override string ToString() =>
        Verb switch
        {
            RuleVerb.Progress => "progress",
            RuleVerb.Challenge => Challenge == ChallengeKind.SayWho ? "challenge say-who" : "challenge press-digit",
            RuleVerb.Mark => $"mark {Mark}",
            _ => Code switch
            {
                RefusalCode.ByWhoDecided => "refuse",
                RefusalCode.NetworkBlocked => "refuse 603+",
                _ => $"refuse {(int)Code}",
            },
        };
}
