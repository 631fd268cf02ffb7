using static Ringfence.Sip.Dialogs.OfferFault;
using static Ringfence.Sip.Dialogs.SessionMessage;

namespace Ringfence.Sip.Dialogs;

/// <summary>
/// Which message may carry what now: offer and answer as one table (RFC 3264 §4, RFC 3261 §13.2.1 and §14, RFC 3262 §5,
/// RFC 3311 §5, RFC 6337 §2). It holds in early and in confirmed dialogs: what differs there is which messages exist.
/// </summary>
internal static class OfferRules
{
    /// <summary>What a message does.</summary>
    /// <param name="state">Where offer and answer stand.</param>
    /// <param name="isOurs">True for a message of this side.</param>
    /// <param name="message">Which message.</param>
    /// <param name="isDescribed">True when it carries a session description.</param>
    internal static OfferStep Next(OfferState state, bool isOurs, SessionMessage message, bool isDescribed)
    {
        if (!isDescribed)
        {
            return Bare(state, isOurs, message);
        }

        bool isSame = isOurs == state.IsOurs;
        return state.Open switch
        {
            OpenOffer.None when OpenedBy(message) is { } open => Offer(open, isOurs),
            OpenOffer.None => IsInviteResponse(message) ? Copy(state) : Illegal(state, NothingToAnswer),
            OpenOffer.Due when isSame && message is (Reliable or Success) => Offer(
                message == Success ? OpenOffer.Success : OpenOffer.Reliable,
                isOurs
            ),
            OpenOffer.Due when isSame && message == Progress => Copy(state),
            OpenOffer.Due => Illegal(state, OfferIsDue),
            _ when IsRequest(message) && !(Answers(state.Open, message) && !isSame) => Illegal(
                state,
                state.IsOurs ? OursIsOpen : TheirsIsOpen
            ),
            _ when isSame => IsInviteResponse(message) ? Copy(state) : Illegal(state, WrongPlace),
            _ when Answers(state.Open, message) => new OfferStep(DescriptionRole.Answer, OfferState.Settled, None),
            OpenOffer.Invite when message == Progress => Copy(state),
            _ => Illegal(state, WrongPlace),
        };
    }

    /// <summary>A request with an offer, or an INVITE that asked for one, was refused: everything is as before it (RFC 3261 §14.1).</summary>
    internal static OfferState Refused(OfferState state, SessionMessage request) =>
        state.Open switch
        {
            OpenOffer.Invite or OpenOffer.Due or OpenOffer.Reliable when request == Invite => OfferState.Settled,
            OpenOffer.Prack when request == Prack => OfferState.Settled,
            OpenOffer.Update when request == Update => OfferState.Settled,
            _ => state,
        };

    /// <summary>
    /// What a request of the far side is refused with: 491 while the next word is this side's (both try again later), 500 with
    /// Retry-After while its own offer is open (RFC 3261 §14.2, RFC 3311 §5.2), 400 for what is never right.
    /// </summary>
    internal static int Status(OfferFault fault) =>
        fault switch
        {
            None => 0,
            OursIsOpen or OfferIsDue => 491,
            TheirsIsOpen => 500,
            _ => 400,
        };

    /// <summary>The same for a reader.</summary>
    internal static string Text(OfferFault fault) =>
        fault switch
        {
            None => "",
            OursIsOpen => "an offer of the answering side has no answer yet (RFC 3311 5.2)",
            TheirsIsOpen => "an offer of the asking side has no answer yet (RFC 3311 5.2)",
            OfferIsDue => "an INVITE without an offer is open and its offer comes first (RFC 3264 4)",
            NothingToAnswer => "there is no offer that this could answer (RFC 3264 4)",
            WrongPlace => "the answer to this offer belongs into another message (RFC 6337 2.2)",
            AnswerIsMissing => "the answer has to be in this message (RFC 6337 2.2)",
            _ => "the offer has to be in this message (RFC 3261 13.2.1)",
        };

    /// <summary>A message without a description: wrong only where the description had to be in it.</summary>
    private static OfferStep Bare(OfferState state, bool isOurs, SessionMessage message)
    {
        bool isSame = isOurs == state.IsOurs;
        return state.Open switch
        {
            OpenOffer.None when message == Invite => Silent(new OfferState(OpenOffer.Due, !isOurs)),
            _ when message == Invite => Illegal(
                state,
                state.Open == OpenOffer.Due ? OfferIsDue
                    : state.IsOurs ? OursIsOpen
                    : TheirsIsOpen
            ),
            OpenOffer.Due when isSame && message == Success => Illegal(OfferState.Settled, OfferIsMissing),
            OpenOffer.None or OpenOffer.Due => Silent(state),
            // A reliable response may come without: the answer follows in another or in the 2xx.
            _ when !isSame && message != Reliable && Answers(state.Open, message) => Illegal(
                OfferState.Settled,
                AnswerIsMissing
            ),
            _ => Silent(state),
        };
    }

    /// <summary>RFC 6337 §2.2, table 1: where the answer to an offer may be.</summary>
    private static bool Answers(OpenOffer open, SessionMessage message) =>
        open switch
        {
            OpenOffer.Invite => message is Reliable or Success,
            OpenOffer.Reliable => message == Prack,
            OpenOffer.Success => message == Ack,
            OpenOffer.Prack => message == PrackSuccess,
            OpenOffer.Update => message == UpdateSuccess,
            _ => false,
        };

    private static OpenOffer? OpenedBy(SessionMessage message) =>
        message switch
        {
            Invite => OpenOffer.Invite,
            Prack => OpenOffer.Prack,
            Update => OpenOffer.Update,
            _ => null,
        };

    private static bool IsRequest(SessionMessage message) => OpenedBy(message) is not null;

    private static bool IsInviteResponse(SessionMessage message) => message is Progress or Reliable or Success;

    private static OfferStep Offer(OpenOffer open, bool isOurs) =>
        new(DescriptionRole.Offer, new OfferState(open, isOurs), None);

    private static OfferStep Copy(OfferState state) => new(DescriptionRole.Copy, state, None);

    private static OfferStep Silent(OfferState next) => new(DescriptionRole.None, next, None);

    private static OfferStep Illegal(OfferState next, OfferFault fault) => new(DescriptionRole.None, next, fault);
}
