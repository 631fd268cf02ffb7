namespace Ringfence.Sip.Dialogs;

/// <summary>The messages that may carry a session description (RFC 6337 §2.1).</summary>
internal enum SessionMessage : byte
{
    /// <summary>INVITE or re-INVITE.</summary>
    Invite,

    /// <summary>A provisional response that is not reliable.</summary>
    Progress,

    /// <summary>One that is (RFC 3262).</summary>
    Reliable,

    /// <summary>2xx to INVITE.</summary>
    Success,

    /// <summary>ACK for a 2xx.</summary>
    Ack,

    /// <summary>PRACK.</summary>
    Prack,

    /// <summary>2xx to PRACK.</summary>
    PrackSuccess,

    /// <summary>UPDATE.</summary>
    Update,

    /// <summary>2xx to UPDATE.</summary>
    UpdateSuccess,
}
