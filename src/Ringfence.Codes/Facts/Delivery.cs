using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>How the sender learns that a response has arrived (RFC 3261 §17, RFC 3262).</summary>
[JsonConverter(typeof(KeyConverter<Delivery>))]
public enum Delivery
{
    /// <summary>Never reliable.</summary>
    Never,

    /// <summary>Reliable with 100rel and PRACK, otherwise best effort.</summary>
    Prack,

    /// <summary>Best effort; reliable only where the request demands 100rel.</summary>
    PrackRare,

    /// <summary>Repeated until the caller's ACK.</summary>
    AckEndToEnd,

    /// <summary>Acknowledged hop by hop.</summary>
    AckHop,

    /// <summary>No ACK; the request is repeated until it arrives.</summary>
    NoAck,
}
