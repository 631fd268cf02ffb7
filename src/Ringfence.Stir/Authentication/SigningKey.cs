using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Authentication;

/// <summary>A private key with its certificate and where that is published. Safe for any number of threads.</summary>
public sealed class SigningKey : IDisposable
{
    // As for verification: one key object is one thread's at a time.
    private readonly ConcurrentBag<ECDsa> _keys = [];
    private readonly ECParameters _parameters;

    private SigningKey(ECDsa key, IReadOnlyList<StirCertificate> chain, string x5u)
    {
        _parameters = key.ExportParameters(includePrivateParameters: true);
        _keys.Add(key);
        Chain = chain;
        X5u = x5u;
    }

    /// <summary>Where the chain is published.</summary>
    public string X5u { get; }

    /// <summary>The chain, signer first.</summary>
    public IReadOnlyList<StirCertificate> Chain { get; }

    /// <summary>The signer's certificate.</summary>
    public StirCertificate Certificate => Chain[0];

    /// <summary>Reads a key and its chain, and checks that they belong together.</summary>
    /// <param name="chainPem">Certificates in PEM, signer first.</param>
    /// <param name="keyPem">The private key in PEM.</param>
    /// <param name="x5u">Where the chain is published.</param>
    /// <param name="key">The key, when the result is <see cref="SigningKeyFault.None"/>.</param>
    public static SigningKeyFault Read(string chainPem, string keyPem, string x5u, out SigningKey? key)
    {
        ArgumentNullException.ThrowIfNull(chainPem);
        key = null;
        if (chainPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return SigningKeyFault.KeyInCertificateFile;
        }

        if (PemChain.Read(Encoding.UTF8.GetBytes(chainPem), out IReadOnlyList<StirCertificate> chain) != Fault.None)
        {
            return SigningKeyFault.CertificateUnreadable;
        }

        var secret = ECDsa.Create();
        SigningKeyFault fault = Import(secret, keyPem, chain[0]);
        if (fault == SigningKeyFault.None)
        {
            key = new SigningKey(secret, chain, x5u);
        }
        else
        {
            secret.Dispose();
        }

        return fault;
    }

    /// <summary>Signs by ES256 (RFC 7518 §3.4).</summary>
    /// <param name="input">The octets to sign.</param>
    /// <returns>64 octets r and s.</returns>
    public byte[] Sign(ReadOnlySpan<byte> input)
    {
        if (!_keys.TryTake(out ECDsa? key))
        {
            key = ECDsa.Create(_parameters);
        }

        byte[] signature = key.SignData(
            input,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
        _keys.Add(key);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_keys.TryTake(out ECDsa? key))
        {
            key.Dispose();
        }
    }

    private static SigningKeyFault Import(ECDsa secret, string keyPem, StirCertificate certificate)
    {
        // The framework says only by exception that a PEM holds no key; the file is an operator's, who needs the reason.
        try
        {
            secret.ImportFromPem(keyPem);
            if (secret.ExportParameters(includePrivateParameters: true).Curve.Oid.Value != Oids.CurveP256)
            {
                return SigningKeyFault.KeyCurve;
            }

            return certificate.Matches(secret) ? SigningKeyFault.None : SigningKeyFault.KeyMismatch;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return SigningKeyFault.KeyUnreadable;
        }
    }
}
