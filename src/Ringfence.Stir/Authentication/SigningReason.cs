namespace Ringfence.Stir.Authentication;

/// <summary>Why a call was signed as it was, or not signed; kept in its record.</summary>
public enum SigningReason : byte
{
    /// <summary>A: the number is the customer's.</summary>
    CustomerOwnsNumber,

    /// <summary>A: the number is the trunk's own.</summary>
    TrunkOwnsNumber,

    /// <summary>B: the customer is known, the number is not the customer's.</summary>
    CustomerKnown,

    /// <summary>The trunk's default level: only where the call entered is known.</summary>
    TrunkDefault,

    /// <summary>Not signed: the trunk has no rule.</summary>
    TrunkUnknown,

    /// <summary>Not signed: the trunk's default is not to.</summary>
    TrunkNotSigned,

    /// <summary>Not signed: an emergency call goes its way unchanged.</summary>
    EmergencyCall,

    /// <summary>Not signed: the caller is anonymous and no asserted number may stand for it.</summary>
    AnonymousCaller,

    /// <summary>Not signed: the caller is no telephone number.</summary>
    CallerIsNoNumber,

    /// <summary>Not signed: the called is neither number nor URI.</summary>
    DestinationUnknown,

    /// <summary>Not signed: the request carries a shaken PASSporT.</summary>
    AlreadySigned,

    /// <summary>Not signed: the customer's calls of this minute are used up.</summary>
    QuotaExceeded,

    /// <summary>Not signed: no key is loaded.</summary>
    NoKey,

    /// <summary>Not signed: the certificate is not valid now.</summary>
    KeyNotInValidity,

    /// <summary>Not signed: the certificate has no authority over the number.</summary>
    OutsideAuthority,
}
