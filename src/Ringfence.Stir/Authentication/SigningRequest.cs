using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Authentication;

/// <summary>A call that is to be signed. URIs are addr-specs: no angle brackets, no header parameters.</summary>
public sealed class SigningRequest
{
    /// <summary>The trunk that it came from.</summary>
    public required string Trunk { get; init; }

    /// <summary>The customer that was authenticated, or null.</summary>
    public string? Customer { get; init; }

    /// <summary>The URI of From.</summary>
    public required ReadOnlyMemory<byte> From { get; init; }

    /// <summary>The URI of P-Asserted-Identity, which is signed before From (RFC 8224 §4.1).</summary>
    public ReadOnlyMemory<byte> AssertedIdentity { get; init; }

    /// <summary>Whether the caller asked for privacy of its identity (RFC 3323 "id").</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The URI of To, or the Request-URI where To does not name the called.</summary>
    public required ReadOnlyMemory<byte> Destination { get; init; }

    /// <summary>Whether routing knows it for an emergency call.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>Values of the Identity headers that it carries already.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Identities { get; init; } = [];

    /// <summary>How the trunk writes numbers.</summary>
    public NumberPlan Numbers { get; init; } = NumberPlan.Global;

    /// <summary>Keys of the media to bind (RFC 8225 §5.2.2).</summary>
    public IReadOnlyList<MediaKey> MediaKeys { get; init; } = [];

    /// <summary>Rich call data to sign with it (RFC 9795).</summary>
    public RichCallData? Rcd { get; init; }
}
