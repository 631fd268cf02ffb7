using static Ringfence.Sip.Dialogs.EarlySessionFault;
using static Ringfence.Sip.Dialogs.SessionMessage;

namespace Ringfence.Sip.Dialogs;

/// <summary>
/// Which message may carry an early session now, as one table (RFC 3959 §4): offer and answer as of the session itself
/// (<see cref="OfferRules"/>), but never in a 2xx to INVITE nor in an ACK, and only as long as the dialog is early. Unlike there nobody owes an
/// offer: a called side makes one in its first reliable response with one, or not at all.
/// </summary>
internal static class EarlySessionRules
{
    /// <summary>What a message does.</summary>
    /// <param name="state">Where the early session stands.</param>
    /// <param name="isOurs">True for a message of this side.</param>
    /// <param name="message">Which message; a reliable response and a PRACK are those of the open offer, if there is one.</param>
    /// <param name="isDescribed">True when it carries the description of an early session.</param>
    internal static EarlySessionStep Next(
        EarlySessionState state,
        bool isOurs,
        SessionMessage message,
        bool isDescribed
    ) =>
        message is Success or Ack ? new EarlySessionStep(default, EarlySessionState.Over, isDescribed ? NoPlace : None)
        : isDescribed ? Described(state, isOurs, message)
        : IsWhereAnswerBelongs(state, isOurs, message)
            ? new EarlySessionStep(default, EarlySessionState.Settled, AnswerIsMissing)
        : new EarlySessionStep(default, state, None);

    /// <summary>A request with an early offer was refused: nothing comes of it.</summary>
    internal static EarlySessionState Refused(EarlySessionState state, SessionMessage request) =>
        state.Phase == EarlySessionPhase.Offered && state.Open == request ? EarlySessionState.Settled : state;

    /// <summary>What a request of the far side is refused with, as of <see cref="OfferRules.Status"/>.</summary>
    internal static int Status(EarlySessionFault fault) =>
        fault switch
        {
            None or AnswerIsMissing => 0,
            OursIsOpen => 491,
            TheirsIsOpen => 500,
            _ => 400,
        };

    /// <summary>The same for a reader.</summary>
    internal static string Text(EarlySessionFault fault) =>
        fault switch
        {
            None => "",
            NoPlace => "a 2xx to INVITE or an ACK carries no early session (RFC 3959 4)",
            IsOver => "the early session ended with the early dialog (RFC 3959 4)",
            NotReliable => "an early session is offered and answered in reliable responses only (RFC 3261 13.2.1)",
            OursIsOpen => "an early offer of the answering side has no answer yet (RFC 3311 5.2)",
            TheirsIsOpen => "an early offer of the asking side has no answer yet (RFC 3311 5.2)",
            NothingToAnswer => "there is no early offer that this could answer (RFC 3264 4)",
            WrongPlace => "this description of an early session belongs into another message (RFC 6337 2.2)",
            _ => "the answer to the early offer has to be in this message (RFC 6337 2.2)",
        };

    private static EarlySessionStep Described(EarlySessionState state, bool isOurs, SessionMessage message)
    {
        bool isOpen = state.Phase == EarlySessionPhase.Offered;
        EarlySessionFault fault =
            state.Phase == EarlySessionPhase.Over ? IsOver
            : message == Progress ? NotReliable
            : isOpen && AnswerTo(state.Open) == message && isOurs != state.IsOurs ? None
            : isOpen
                ? !IsRequest(message) ? WrongPlace
                    : state.IsOurs ? OursIsOpen
                    : TheirsIsOpen
            : message is PrackSuccess or UpdateSuccess ? NothingToAnswer
            // After the first exchange the called side offers by UPDATE, as for the session (RFC 6337 §2.2).
            : message == Reliable && state.Phase == EarlySessionPhase.Settled ? WrongPlace
            : None;
        return fault != None ? new EarlySessionStep(default, state, fault)
            : isOpen ? new EarlySessionStep(DescriptionRole.Answer, EarlySessionState.Settled, None)
            : new EarlySessionStep(
                DescriptionRole.Offer,
                new EarlySessionState(EarlySessionPhase.Offered, message, isOurs),
                None
            );
    }

    /// <summary>The answer to an offer in INVITE may be in any reliable response; that to any other has one place only.</summary>
    private static bool IsWhereAnswerBelongs(EarlySessionState state, bool isOurs, SessionMessage message) =>
        state.Phase == EarlySessionPhase.Offered
        && isOurs != state.IsOurs
        && state.Open != Invite
        && AnswerTo(state.Open) == message;

    private static SessionMessage AnswerTo(SessionMessage offer) =>
        offer switch
        {
            Invite => Reliable,
            Reliable => Prack,
            Prack => PrackSuccess,
            _ => UpdateSuccess,
        };

    private static bool IsRequest(SessionMessage message) => message is Invite or Prack or Update;
}
