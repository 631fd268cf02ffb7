namespace Ringfence.Media.Srtp;

/// <summary>Why an SRTP packet was not taken.</summary>
public enum SrtpFault
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>It is no RTP packet, or has no room for its tag.</summary>
    Malformed,

    /// <summary>It is too old, or was taken before (RFC 3711 section 3.3.2).</summary>
    Replayed,

    /// <summary>Its tag is wrong.</summary>
    Authentication,

    /// <summary>It belongs to yet another stream and there are too many already.</summary>
    TooManyStreams,
}
