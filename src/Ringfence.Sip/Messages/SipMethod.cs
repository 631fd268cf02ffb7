namespace Ringfence.Sip.Messages;

/// <summary>The request methods that this stack knows by name (RFC 3261 §7.1 and its extensions).</summary>
public enum SipMethod : byte
{
    /// <summary>A method that the stack has no rule for; its exact name is <see cref="SipRequest.MethodName"/>.</summary>
    Other,

    /// <summary>INVITE (RFC 3261 §13).</summary>
    Invite,

    /// <summary>ACK (RFC 3261 §13.2.2.4, §17.1.1.3).</summary>
    Ack,

    /// <summary>BYE (RFC 3261 §15).</summary>
    Bye,

    /// <summary>CANCEL (RFC 3261 §9).</summary>
    Cancel,

    /// <summary>OPTIONS (RFC 3261 §11).</summary>
    Options,

    /// <summary>REGISTER (RFC 3261 §10).</summary>
    Register,

    /// <summary>PRACK (RFC 3262).</summary>
    Prack,

    /// <summary>UPDATE (RFC 3311).</summary>
    Update,

    /// <summary>INFO (RFC 6086).</summary>
    Info,

    /// <summary>SUBSCRIBE (RFC 6665).</summary>
    Subscribe,

    /// <summary>NOTIFY (RFC 6665).</summary>
    Notify,

    /// <summary>REFER (RFC 3515).</summary>
    Refer,

    /// <summary>MESSAGE (RFC 3428).</summary>
    Message,

    /// <summary>PUBLISH (RFC 3903).</summary>
    Publish,
}
