namespace Ringfence.Sip.Dialogs;

/// <summary>Why a message may not carry what it carries now.</summary>
internal enum OfferFault : byte
{
    /// <summary>It may.</summary>
    None,

    /// <summary>An offer of this side is open.</summary>
    OursIsOpen,

    /// <summary>An offer of the far side is open.</summary>
    TheirsIsOpen,

    /// <summary>An INVITE without an offer is open, and its offer comes first.</summary>
    OfferIsDue,

    /// <summary>Nothing is open that a description there could answer.</summary>
    NothingToAnswer,

    /// <summary>The description there answers no offer that was made in such a message.</summary>
    WrongPlace,

    /// <summary>The answer has to be in this message and is not.</summary>
    AnswerIsMissing,

    /// <summary>The offer has to be in this message and is not.</summary>
    OfferIsMissing,
}
