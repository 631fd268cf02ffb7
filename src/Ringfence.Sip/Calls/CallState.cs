namespace Ringfence.Sip.Calls;

/// <summary>Where a call stands.</summary>
public enum CallState : byte
{
    /// <summary>INVITE sent or received, nothing but 100 since.</summary>
    Inviting,

    /// <summary>A provisional response other than 100 was sent or received.</summary>
    Progressing,

    /// <summary>Outgoing: CANCEL sent or waiting for a provisional response (RFC 3261 §9.1); the final response is due.</summary>
    Cancelling,

    /// <summary>A 2xx was sent or received and its ACK is due.</summary>
    Answered,

    /// <summary>The 2xx is acknowledged: the session stands.</summary>
    Confirmed,

    /// <summary>A BYE is on its way, or waits for the ACK that must come before it (RFC 3261 §15).</summary>
    Ending,

    /// <summary>Over. Nothing more is heard of it.</summary>
    Ended,
}
