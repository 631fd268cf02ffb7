namespace Ringfence.Sip.Transport;

/// <summary>What a datagram on a SIP port is, as far as its first bytes tell.</summary>
internal enum DatagramKind : byte
{
    /// <summary>It may be a SIP message.</summary>
    Candidate,

    /// <summary>Empty, one byte, or nothing but CR, LF, NUL and space: it holds a NAT binding open (RFC 5626 §3.5.1).</summary>
    KeepAlive,

    /// <summary>STUN (RFC 5389 §6).</summary>
    Stun,
}
