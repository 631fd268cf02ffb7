namespace Ringfence.Media.Rtp;

/// <summary>From where media is believed before the source is locked.</summary>
public enum SourceLockPolicy
{
    /// <summary>Only from the address and port of the SDP.</summary>
    Signalled,

    /// <summary>From the address of the SDP, any port: a NAT that keeps the address.</summary>
    SignalledAddress,

    /// <summary>From anywhere: a peer behind NAT that writes its private address (RFC 4961, symmetric RTP).</summary>
    Learn,
}
