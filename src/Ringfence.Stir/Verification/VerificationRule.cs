namespace Ringfence.Stir.Verification;

/// <summary>
/// The numbered steps of verification in the order in which they are taken: what needs no key and no network comes first
/// (RFC 8224 §6.2, ATIS-1000074 §5.3.1). A <see cref="Fault"/> belongs to the step that its hundreds name.
/// </summary>
public enum VerificationRule : byte
{
    /// <summary>The Identity header follows its grammar (RFC 8224 §4).</summary>
    Header = 1,

    /// <summary>The token is a JWS of three base64url parts (RFC 7515 §3.1, RFC 8225 §7).</summary>
    Token = 2,

    /// <summary>The JOSE header says ES256 passport and nothing that must not be followed (RFC 8225 §4).</summary>
    Jose = 3,

    /// <summary>The claims are complete and well formed for their kind of PASSporT (RFC 8225 §5).</summary>
    Claims = 4,

    /// <summary>The token was issued now (RFC 8224 §6.2 step 4).</summary>
    Freshness = 5,

    /// <summary>"orig" is the caller that the request shows (RFC 8224 §6.2 step 2).</summary>
    Originator = 6,

    /// <summary>"dest" is whom the request calls (RFC 8224 §6.2).</summary>
    Destination = 7,

    /// <summary>The diversions link up from the first destination to the present one (RFC 8946 §4.2).</summary>
    Diversion = 8,

    /// <summary>"x5u" equals "info" and may be fetched (RFC 8224 §4.1, ATIS-1000074 §5.3.1).</summary>
    Location = 9,

    /// <summary>The certificate was to be had (RFC 8224 §6.2 step 3).</summary>
    Credential = 10,

    /// <summary>The certificate leads to a configured STI root (RFC 8226 §4, RFC 9060 §7).</summary>
    Path = 11,

    /// <summary>The certificate is not revoked (RFC 5280 §6.3).</summary>
    Revocation = 12,

    /// <summary>The certificate follows the SHAKEN profile (ATIS-1000080 §6.4).</summary>
    Profile = 13,

    /// <summary>The certificate has authority over the number (RFC 8226 §9, RFC 9060 §6).</summary>
    Authority = 14,

    /// <summary>The certificate permits these claims (RFC 8226 §8, RFC 9118 §3).</summary>
    Constraints = 15,

    /// <summary>The signature is the certificate's over the received bytes (RFC 8224 §6.2 step 5).</summary>
    Signature = 16,

    /// <summary>Every PASSporT of a diversion chain holds (RFC 8946 §4.2 step 5).</summary>
    Chain = 17,

    /// <summary>The token was not seen in another call (RFC 8224 §12.1).</summary>
    Replay = 18,
}
