using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>What verification needs to know of a request. URIs are addr-specs as received: no angle brackets, no header parameters.</summary>
public sealed class SignedCall
{
    /// <summary>The values of the Identity (or "y") header fields, one for each identity.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Identities { get; init; }

    /// <summary>The Request-URI.</summary>
    public required ReadOnlyMemory<byte> RequestUri { get; init; }

    /// <summary>The URI of To.</summary>
    public ReadOnlyMemory<byte> To { get; init; }

    /// <summary>The URI of From; it counts where there is no P-Asserted-Identity.</summary>
    public required ReadOnlyMemory<byte> From { get; init; }

    /// <summary>The URIs of P-Asserted-Identity from a trusted side (RFC 3325); any of them may be the caller.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> AssertedIdentities { get; init; } = [];

    /// <summary>The Date header, which the compact form needs.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The Call-ID: the same token in another call is a replay, in the same one a fork or a retry.</summary>
    public ReadOnlyMemory<byte> CallId { get; init; }

    /// <summary>How the trunk writes numbers.</summary>
    public NumberPlan Numbers { get; init; } = NumberPlan.Global;

    /// <summary>Fingerprints of the offer for "mky", or null when they are not known.</summary>
    public IReadOnlyList<MediaKey>? MediaKeys { get; init; }

    /// <summary>Values of Resource-Priority for "rph", or null when they are not known.</summary>
    public IReadOnlyList<string>? ResourcePriorities { get; init; }

    /// <summary>The Priority header for "sph".</summary>
    public string? Priority { get; init; }

    /// <summary>Whether the call is a transfer from a trusted party, whose first PASSporT may be old (RFC 8946 §4.2 step 4).</summary>
    public bool IsTrustedTransfer { get; init; }

    /// <summary>Facts from text, as a program without a SIP stack has them.</summary>
    /// <param name="identity">An Identity header field's value; values joined by commas are separated.</param>
    /// <param name="from">The URI of From.</param>
    /// <param name="requestUri">The Request-URI, also taken for To.</param>
    /// <param name="callId">The Call-ID.</param>
    public static SignedCall Of(string identity, string from, string requestUri, string callId)
    {
        ArgumentNullException.ThrowIfNull(identity);
        byte[] target = Encoding.UTF8.GetBytes(requestUri);
        return new SignedCall
        {
            Identities = Split(Encoding.UTF8.GetBytes(identity)),
            RequestUri = target,
            To = target,
            From = Encoding.UTF8.GetBytes(from),
            CallId = Encoding.UTF8.GetBytes(callId),
        };
    }

    /// <summary>Separates the identities of one header field's value (RFC 3261 §7.3.1).</summary>
    /// <param name="value">Everything after "Identity:".</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> value)
    {
        var identities = new List<ReadOnlyMemory<byte>>(1);
        while (!value.IsEmpty)
        {
            identities.Add(IdentityHeaderReader.NextValue(value, out value));
        }

        return identities;
    }
}
