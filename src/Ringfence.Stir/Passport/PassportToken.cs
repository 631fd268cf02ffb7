using Ringfence.Stir.Claims;

namespace Ringfence.Stir.Passport;

/// <summary>A PASSporT as it was received: well formed, its signature not yet checked (RFC 8225).</summary>
public sealed class PassportToken
{
    internal PassportToken(
        ReadOnlyMemory<byte> signingInput,
        ReadOnlyMemory<byte> signature,
        string x5u,
        PassportType type,
        PassportClaims claims,
        JsonTape payload
    )
    {
        SigningInput = signingInput;
        Signature = signature;
        X5u = x5u;
        Type = type;
        Claims = claims;
        Payload = payload;
    }

    /// <summary>The kind, by "ppt".</summary>
    public PassportType Type { get; }

    /// <summary>Where the signer's certificate lies (RFC 7515 §4.1.5).</summary>
    public string X5u { get; }

    /// <summary>What the token claims.</summary>
    public PassportClaims Claims { get; }

    /// <summary>The bytes that are signed: header, dot, payload, as received. They are never written anew.</summary>
    public ReadOnlyMemory<byte> SigningInput { get; }

    /// <summary>The 64 octets r and s (RFC 7518 §3.4).</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Whether the header carried the signature alone and header and payload come from the request (RFC 8225 §7).</summary>
    public bool IsCompact { get; internal init; }

    /// <summary>The payload, for claims that only a certificate's constraints name.</summary>
    internal JsonTape Payload { get; }
}
