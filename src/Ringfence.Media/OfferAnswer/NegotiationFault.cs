namespace Ringfence.Media.OfferAnswer;

/// <summary>Why offer and answer came to nothing. All of them earn 488 when they answer an INVITE.</summary>
public enum NegotiationFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>There is no audio over RTP that is not rejected.</summary>
    NoAudio,

    /// <summary>The peer's audio is secured and this side has no keys, or the other way round.</summary>
    Security,

    /// <summary>No encoding in common.</summary>
    NoCommonFormat,

    /// <summary>The answer has other media than the offer: RFC 3264 section 6 wants the same lines in the same order.</summary>
    MediaMismatch,
}
