namespace Ringfence.Sip.Dialogs;

/// <summary>Why a message may not carry, or lack, the description of an early session (RFC 3959 §4).</summary>
internal enum EarlySessionFault : byte
{
    /// <summary>It may.</summary>
    None,

    /// <summary>2xx to INVITE and ACK never carry one.</summary>
    NoPlace,

    /// <summary>The dialog is early no more.</summary>
    IsOver,

    /// <summary>An offer or answer in a provisional response needs a reliable one (RFC 3261 §13.2.1).</summary>
    NotReliable,

    /// <summary>An early offer of this side is open.</summary>
    OursIsOpen,

    /// <summary>An early offer of the far side is open.</summary>
    TheirsIsOpen,

    /// <summary>Nothing is open that it could answer.</summary>
    NothingToAnswer,

    /// <summary>The answer belongs into another message, or the offer into a request (RFC 6337 §2.2).</summary>
    WrongPlace,

    /// <summary>The answer has to be in this message and is not: no early session comes of the offer.</summary>
    AnswerIsMissing,
}
