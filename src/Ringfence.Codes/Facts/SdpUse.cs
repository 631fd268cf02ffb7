using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Whether a response may carry SDP, and as what (RFC 3261 §13.2.1, RFC 3262 §5).</summary>
[JsonConverter(typeof(KeyConverter<SdpUse>))]
public enum SdpUse
{
    /// <summary>No offer or answer.</summary>
    None,

    /// <summary>Offer or answer.</summary>
    OfferOrAnswer,

    /// <summary>Should not carry any.</summary>
    NotWanted,

    /// <summary>May list what would be acceptable.</summary>
    Capabilities,
}
