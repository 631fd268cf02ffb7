using Ringfence.Screening.Lists;
using Ringfence.Screening.Rules;

namespace Ringfence.Edge.Challenge;

/// <summary>What a failed challenge is refused with.</summary>
internal static class ChallengeRefusal
{
    /// <summary>
    /// The verdict after a failed challenge. 607 where the called user, or a rule of the user's, asked for it; 608 where an
    /// intermediary did (RFC 8197 §1, RFC 8688 §1); another code where one is given.
    /// </summary>
    internal static Verdict Of(in Verdict challenge, RefusalCode code = RefusalCode.ByWhoDecided) =>
        challenge with
        {
            Decision = Decision.Refuse,
            Code =
                code != RefusalCode.ByWhoDecided ? code
                : challenge.DecidedBy == DecidedBy.User ? RefusalCode.Unwanted
                : RefusalCode.Rejected,
        };

    /// <summary>
    /// The verdict of a callee that heard the caller's name and wants it no more: the user's, whoever asked for the challenge. From now
    /// on the caller is on the callee's own list.
    /// </summary>
    internal static Verdict Declined(in Verdict challenge) =>
        challenge with
        {
            Decision = Decision.Refuse,
            DecidedBy = DecidedBy.User,
            Code = RefusalCode.Unwanted,
            Cause = RefusalCause.Unwanted,
            Reasons =
            [
                .. challenge.Reasons,
                new Reason
                {
                    Rule = "",
                    Fact = FactName.CallerIn,
                    Observed = WellKnownLists.CalleeBlocked,
                    Expected = "",
                },
            ],
        };
}
