namespace Ringfence.Sip.Calls;

/// <summary>What moves a call from one state to another.</summary>
internal enum CallEvent : byte
{
    /// <summary>A response of 101 to 199.</summary>
    Progressed,

    /// <summary>A 2xx.</summary>
    Answered,

    /// <summary>The ACK for it.</summary>
    Acknowledged,

    /// <summary>A response of 300 to 699, or none at all; incoming: CANCEL, which is answered 487.</summary>
    Refused,

    /// <summary>This side takes its INVITE back.</summary>
    TakenBack,

    /// <summary>This side ends an answered call.</summary>
    HungUp,

    /// <summary>The far side's BYE.</summary>
    ByeReceived,

    /// <summary>Our BYE has had its final response, or will have none.</summary>
    ByeCompleted,
}
