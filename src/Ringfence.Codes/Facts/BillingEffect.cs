using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>The effect of a response on charging; always observed practice, SIP does not speak of it.</summary>
[JsonConverter(typeof(KeyConverter<BillingEffect>))]
public enum BillingEffect
{
    /// <summary>Not yet.</summary>
    NotYet,

    /// <summary>Starts, for INVITE.</summary>
    Starts,

    /// <summary>None, the call was not answered.</summary>
    NotAnswered,

    /// <summary>No call to charge.</summary>
    NotACall,

    /// <summary>As before.</summary>
    GoesOn,

    /// <summary>Stops with the call.</summary>
    MayStop,

    /// <summary>Depends on the address tried next.</summary>
    OtherLeg,
}
