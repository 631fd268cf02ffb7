using Ringfence.Sip.Calls;

namespace Ringfence.Sip.BackToBack;

/// <summary>
/// What becomes of session descriptions on their way from one leg to the other: passed on as they are, or, where media goes through
/// this side, replaced by its own. Null stands for what cannot be done: 488.
/// </summary>
public interface ISessionBridge
{
    /// <summary>
    /// True where media goes through this side: an offer that comes before the callee has answered is then answered by
    /// <see cref="AnswerAlone"/>.
    /// </summary>
    bool IsAnchored => false;

    /// <summary>A new offer of one leg, as the other gets it.</summary>
    Body? Offer(Leg from, in Body offer);

    /// <summary>The answer of a leg, or what it says before its answer, as the other gets it.</summary>
    Body? Answer(Leg from, in Body answer);

    /// <summary>The other leg refused the offer of this one: what stood goes on.</summary>
    void Refused(Leg from) { }

    /// <summary>This side's own answer to an offer of a leg when the other cannot be asked now.</summary>
    Body? AnswerAlone(Leg from, in Body offer) => null;

    /// <summary>This side's offer to a leg that asks for one with a re-INVITE without.</summary>
    Body? OfferAlone(Leg to) => null;

    /// <summary>The leg's answer to that; what is returned is offered to the other leg, nothing where that need not know.</summary>
    Body AnsweredAlone(Leg from, in Body answer) => Body.None;
}
