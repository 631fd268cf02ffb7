namespace Ringfence.Sip.Messages;

/// <summary>What P-Early-Media authorizes or says (RFC 5009 §8).</summary>
[Flags]
public enum EarlyMedia
{
    /// <summary>Nothing: no such header, or only values that nobody knows.</summary>
    None = 0,

    /// <summary>supported: the sender honours the header.</summary>
    Supported = 1,

    /// <summary>gated: the flow is gated somewhere already.</summary>
    Gated = 2,

    /// <summary>sendonly: towards the caller's side only, as seen by the sender.</summary>
    SendOnly = 4,

    /// <summary>recvonly.</summary>
    RecvOnly = 8,

    /// <summary>sendrecv.</summary>
    SendRecv = 16,

    /// <summary>inactive.</summary>
    Inactive = 32,
}
