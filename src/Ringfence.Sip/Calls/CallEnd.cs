namespace Ringfence.Sip.Calls;

/// <summary>Why a call is over.</summary>
public enum CallEnd : byte
{
    /// <summary>The caller took the INVITE back with CANCEL; it was answered 487.</summary>
    Cancelled,

    /// <summary>A final response of 300 to 699 was sent or received.</summary>
    Refused,

    /// <summary>This side gave up with <see cref="Call.End"/> before there was an answer.</summary>
    GivenUp,

    /// <summary>Nobody answered within <see cref="Invitation.RingTimeout"/>.</summary>
    NotAnswered,

    /// <summary>The far end sent BYE.</summary>
    ByeReceived,

    /// <summary>This side ended the answered call.</summary>
    ByeSent,

    /// <summary>The 2xx was never acknowledged within 64·T1; BYE was sent (RFC 3261 §13.3.1.4).</summary>
    NotAcknowledged,

    /// <summary>The far end no longer answers, or no longer knows the dialog (RFC 3261 §12.2.1.2: 408, 481).</summary>
    Lost,

    /// <summary>The session was not refreshed in time; BYE was sent (RFC 4028 §10).</summary>
    Expired,

    /// <summary>Nobody decided on the incoming call within <see cref="CallOptions.DecisionTimeout"/>; it was answered 480.</summary>
    Undecided,
}
