namespace Ringfence.Sip.Auth;

/// <summary>What a response is computed from, besides the secret (RFC 7616 §3.4).</summary>
internal readonly ref struct DigestInput
{
    internal DigestAlgorithm Algorithm { get; init; }

    internal ReadOnlySpan<byte> Method { get; init; }

    internal ReadOnlySpan<byte> Uri { get; init; }

    internal ReadOnlySpan<byte> Nonce { get; init; }

    /// <summary>nc: eight hexadecimal digits.</summary>
    internal ReadOnlySpan<byte> Count { get; init; }

    internal ReadOnlySpan<byte> ClientNonce { get; init; }

    /// <summary>auth, auth-int, or empty with a server of RFC 2069.</summary>
    internal ReadOnlySpan<byte> Qop { get; init; }

    /// <summary>The body; only auth-int looks at it.</summary>
    internal ReadOnlySpan<byte> Body { get; init; }

    internal int Longest => Method.Length + Uri.Length + Nonce.Length + Count.Length + ClientNonce.Length + Qop.Length;
}
