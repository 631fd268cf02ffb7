using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>The weight of a response when a forking proxy chooses the best one (RFC 3261 §16.7 step 6).</summary>
[JsonConverter(typeof(KeyConverter<ResponseWeight>))]
public enum ResponseWeight
{
    /// <summary>None, it is not final.</summary>
    NotFinal,

    /// <summary>Forwarded at once.</summary>
    AtOnce,

    /// <summary>Counts by its class.</summary>
    LowestClass,

    /// <summary>Preferred within its class.</summary>
    Preferred,

    /// <summary>Reaches the caller as 500.</summary>
    Replaced,

    /// <summary>Wins over every class but 2xx.</summary>
    Wins,

    /// <summary>No choice to make.</summary>
    NoChoice,
}
