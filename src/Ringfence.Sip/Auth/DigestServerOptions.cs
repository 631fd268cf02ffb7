namespace Ringfence.Sip.Auth;

/// <summary>How a server challenges.</summary>
public sealed record DigestServerOptions
{
    /// <summary>The realm, as it is shown to users; no quotes, backslashes or control characters.</summary>
    public required string Realm { get; init; }

    /// <summary>The algorithms that are offered, most liked first; leave MD5 out where every phone can do without.</summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>True to offer auth-int, which protects the body, beside auth.</summary>
    public bool OffersIntegrity { get; init; }

    /// <summary>How long a nonce may be used.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nonces in use whose counts are remembered; a nonce that is forgotten before its time is stale.</summary>
    public int MaxNonces { get; init; } = 65_536;
}
