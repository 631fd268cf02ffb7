namespace Ringfence.Edge.Configuration;

/// <summary>Whether calls to a trunk are offered SRTP with keys in SDP (RFC 4568).</summary>
public enum MediaSecurity
{
    /// <summary>Plain RTP.</summary>
    None,

    /// <summary>RTP/AVP with keys: SRTP with whoever answers with keys of its own, plain RTP with others (RFC 8643).</summary>
    Offered,

    /// <summary>RTP/SAVP: SRTP or no call.</summary>
    Required,
}
