using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Verification;

/// <summary>Who calls whom by the request, in canonical form (RFC 8224 §8).</summary>
internal sealed class CallIdentities
{
    public CallIdentities(SignedCall call)
    {
        Target = SipIdentity.From(call.RequestUri.Span, call.Numbers);
        To = call.To.IsEmpty ? null : SipIdentity.From(call.To.Span, call.Numbers);
        Callers = Read(call);
    }

    /// <summary>The Request-URI.</summary>
    public ClaimedIdentity? Target { get; }

    /// <summary>To.</summary>
    public ClaimedIdentity? To { get; }

    /// <summary>P-Asserted-Identity, or From where there is none (ATIS-1000074 §5.3.1).</summary>
    public ClaimedIdentity[] Callers { get; }

    /// <summary>Whom the request calls: To, and the Request-URI where it is another.</summary>
    public ClaimedIdentity[] Called =>
        (To, Target) switch
        {
            ({ } to, { } target) when to != target => [to, target],
            ({ } to, _) => [to],
            (null, { } target) => [target],
            _ => [],
        };

    public bool IsCaller(ClaimedIdentity orig)
    {
        ClaimedIdentity normal = SipIdentity.Normalize(orig);
        return Array.IndexOf(Callers, normal) >= 0;
    }

    public static bool Contains(IReadOnlyList<ClaimedIdentity> dest, ClaimedIdentity? wanted)
    {
        if (wanted is not { } identity)
        {
            return false;
        }

        for (int n = 0; n < dest.Count; n++)
        {
            if (SipIdentity.Normalize(dest[n]) == identity)
            {
                return true;
            }
        }

        return false;
    }

    private static ClaimedIdentity[] Read(SignedCall call)
    {
        var callers = new List<ClaimedIdentity>(2);
        foreach (ReadOnlyMemory<byte> uri in call.AssertedIdentities)
        {
            if (SipIdentity.From(uri.Span, call.Numbers) is { } asserted)
            {
                callers.Add(asserted);
            }
        }

        if (call.AssertedIdentities.Count == 0 && SipIdentity.From(call.From.Span, call.Numbers) is { } from)
        {
            callers.Add(from);
        }

        return [.. callers];
    }
}
