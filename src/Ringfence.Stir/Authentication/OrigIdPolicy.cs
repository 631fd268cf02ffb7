namespace Ringfence.Stir.Authentication;

/// <summary>What calls with the same "origid" have in common. RFC 8588 §8 recommends that only the signer can tell.</summary>
public enum OrigIdPolicy : byte
{
    /// <summary>Nothing: each call has its own.</summary>
    PerCall,

    /// <summary>The customer.</summary>
    PerCustomer,

    /// <summary>The trunk.</summary>
    PerTrunk,

    /// <summary>This gateway.</summary>
    PerGateway,
}
