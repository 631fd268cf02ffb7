using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>
/// A certificate revocation list (RFC 5280 §5), also an indirect one, as the STI-PA issues it for all authorities: the framework's own
/// checking does not cover those.
/// </summary>
public sealed class RevocationList
{
    private readonly HashSet<string> _revoked;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly HashAlgorithmName _hash;

    internal RevocationList(RevocationListFields fields)
    {
        _revoked = fields.Revoked;
        _signed = fields.Signed;
        _signature = fields.Signature;
        _hash = fields.Hash;
        Issuer = fields.Issuer;
        IsIndirect = fields.IsIndirect;
        ThisUpdate = fields.ThisUpdate;
        NextUpdate = fields.NextUpdate;
        Number = fields.Number;
    }

    /// <summary>Distinguished name of the list's issuer, DER.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>The same as text.</summary>
    public string IssuerName => new X500DistinguishedName(Issuer.Span).Name;

    /// <summary>Whether it speaks of certificates of other issuers (RFC 5280 §5.2.5).</summary>
    public bool IsIndirect { get; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one is due.</summary>
    public DateTimeOffset NextUpdate { get; }

    /// <summary>CRL number, or -1 without one.</summary>
    public long Number { get; }

    /// <summary>How many certificates it revokes.</summary>
    public int Count => _revoked.Count;

    /// <summary>Reads a list; its signature is not checked yet.</summary>
    /// <param name="content">DER, or PEM "X509 CRL".</param>
    /// <param name="list">The list, when it can be read and holds nothing critical that is not understood.</param>
    public static bool TryRead(ReadOnlySpan<byte> content, out RevocationList? list)
    {
        list = null;
        byte[] der = FromPem(content) ?? content.ToArray();

        // The framework's ASN.1 reader knows malformed content only as an exception; it ends here.
        try
        {
            list = RevocationListFields.Read(der) is { } fields ? new RevocationList(fields) : null;
            return list is not null;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether the list is signed by this certificate, and this certificate may sign lists.</summary>
    /// <param name="issuer">The certificate of the list's issuer.</param>
    public bool IsSignedBy(X509Certificate2 issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        X509KeyUsageExtension? usage = issuer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign))
        {
            return false;
        }

        using ECDsa? key = issuer.GetECDsaPublicKey();
        return key is not null
            && issuer.SubjectName.RawData.AsSpan().SequenceEqual(Issuer.Span)
            && key.VerifyData(_signed, _signature, _hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Whether the list speaks of certificates of this issuer.</summary>
    /// <param name="issuer">Distinguished name of the certificate's issuer, DER.</param>
    public bool Covers(ReadOnlySpan<byte> issuer) => IsIndirect || issuer.SequenceEqual(Issuer.Span);

    /// <summary>Whether a certificate is revoked.</summary>
    /// <param name="issuer">Distinguished name of its issuer, DER.</param>
    /// <param name="serial">Its serial number, big-endian.</param>
    public bool IsRevoked(ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial) =>
        _revoked.Contains(Key(issuer, serial));

    internal static string Key(ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial) =>
        Convert.ToHexString(issuer) + "/" + Convert.ToHexString(serial.TrimStart((byte)0));

    private static byte[]? FromPem(ReadOnlySpan<byte> content)
    {
        if (
            !PemEncoding.TryFindUtf8(content, out PemFields fields)
            || !content[fields.Label].SequenceEqual("X509 CRL"u8)
        )
        {
            return null;
        }

        var der = new byte[fields.DecodedDataLength];
        string base64 = System.Text.Encoding.ASCII.GetString(content[fields.Base64Data]);
        return Convert.TryFromBase64String(base64, der, out _) ? der : null;
    }
}
