namespace Ringfence.Stir.Claims;

/// <summary>How far the signer vouches for the calling number (ATIS-1000074 §5.2.3; RFC 8588 §5 "attest").</summary>
public enum Attestation : byte
{
    /// <summary>No attestation: nothing was signed, or the PASSporT carries none.</summary>
    None,

    /// <summary>C, gateway: the signer only knows where the call entered its network.</summary>
    C,

    /// <summary>B, partial: the signer knows the customer, not the right to the number.</summary>
    B,

    /// <summary>A, full: the signer knows the customer and the customer's right to the number.</summary>
    A,
}
