using System.Security.Cryptography;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Configuration;

/// <summary>The key of the jCards. Safe for many threads: one key object is one thread's at a time.</summary>
/// <param name="key">A P-256 key.</param>
/// <param name="certificate">Where its certificate is published (x5u).</param>
public sealed class RedressSigner(ECDsa key, Uri certificate)
{
    private readonly Lock _lock = new();

    /// <summary>A signed jCard (RFC 8688 §3.2).</summary>
    /// <param name="contact">Whom to contact.</param>
    /// <param name="why">The page of the call; null for the contact's own.</param>
    /// <param name="issuedAt">Now.</param>
    public string Issue(RedressContact contact, Uri? why, DateTimeOffset issuedAt)
    {
        lock (_lock)
        {
            return SignedJCard.Issue(contact, why, issuedAt, key, certificate);
        }
    }
}
