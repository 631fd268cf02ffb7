namespace Ringfence.Media.OfferAnswer;

/// <summary>What became of the offer of an early session (RFC 3959 section 4).</summary>
public enum EarlySessionAnswer
{
    /// <summary>It stands.</summary>
    Accepted,

    /// <summary>All its streams have port 0: the peer wants none.</summary>
    Refused,

    /// <summary>Nothing came where the answer belongs.</summary>
    Missing,

    /// <summary>What came is no answer to the offer.</summary>
    Unusable,
}
