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
}
