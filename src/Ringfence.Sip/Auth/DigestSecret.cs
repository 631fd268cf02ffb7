using System.Text;

namespace Ringfence.Sip.Auth;

/// <summary>
/// What proves one user in one realm: the hash HA1 of user, realm and password by each algorithm (RFC 7616 §3.4.2). Never the
/// password itself. It says nothing of its content in <see cref="ToString"/>; <see cref="Hash"/> is for storage only.
/// </summary>
public sealed class DigestSecret
{
    private readonly byte[]?[] _hashes = new byte[]?[DigestAlgorithms.Count];

    private DigestSecret() { }

    /// <summary>The secret of a password, for all algorithms.</summary>
    public static DigestSecret FromPassword(string user, string realm, string password)
    {
        var secret = new DigestSecret();
        for (int i = 0; i < DigestAlgorithms.Count; i++)
        {
            secret._hashes[i] = DigestHash.Secret((DigestAlgorithm)i, user, realm, password);
        }

        return secret;
    }

    /// <summary>The secret from stored hashes: those of <see cref="Hash"/>, one for each algorithm that is to be accepted.</summary>
    /// <exception cref="ArgumentException">A hash is not as many hexadecimal digits as its algorithm has, or there is none.</exception>
    public static DigestSecret FromHashes(params ReadOnlySpan<(DigestAlgorithm Algorithm, string Hash)> hashes)
    {
        var secret = new DigestSecret();
        foreach ((DigestAlgorithm algorithm, string hash) in hashes)
        {
            bool isHash = hash?.Length == DigestAlgorithms.HexLength(algorithm) && hash.All(char.IsAsciiHexDigit);
            secret._hashes[(int)algorithm] = isHash
                ? Encoding.ASCII.GetBytes(hash!.ToLowerInvariant())
                : throw new ArgumentException($"The hash is no {algorithm} in hexadecimal.", nameof(hashes));
        }

        return hashes.IsEmpty ? throw new ArgumentException("There is no hash.", nameof(hashes)) : secret;
    }

    /// <summary>The hash by one algorithm, to be stored; null when it is not known. As good as a password: keep it so.</summary>
    public string? Hash(DigestAlgorithm algorithm) =>
        _hashes[(int)algorithm] is { } hash ? Encoding.ASCII.GetString(hash) : null;

    /// <inheritdoc/>
    public override string ToString() => nameof(DigestSecret);

    internal ReadOnlySpan<byte> For(DigestAlgorithm algorithm) => _hashes[(int)algorithm];

    internal bool Has(DigestAlgorithm algorithm) => _hashes[(int)algorithm] is not null;
}
