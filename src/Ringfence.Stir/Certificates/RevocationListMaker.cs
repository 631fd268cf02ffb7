using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ringfence.Stir.Certificates;

/// <summary>Makes revocation lists (RFC 5280 §5), direct and indirect, for demonstrations and tests.</summary>
public sealed class RevocationListMaker
{
    private readonly List<(X500DistinguishedName Issuer, byte[] Serial)> _entries = [];

    /// <summary>When the list is issued.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When the next one is due.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>CRL number.</summary>
    public long Number { get; init; } = 1;

    /// <summary>Whether it speaks of certificates of other issuers, as the STI-PA's does.</summary>
    public bool IsIndirect { get; init; } = true;

    /// <summary>Revokes a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public RevocationListMaker Revoke(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _entries.Add((certificate.IssuerName, certificate.SerialNumberBytes.ToArray()));
        return this;
    }

    /// <summary>Signs the list.</summary>
    /// <param name="issuer">Certificate of the list's issuer.</param>
    /// <param name="key">Its key.</param>
    /// <returns>DER of the CertificateList.</returns>
    public byte[] Sign(X509Certificate2 issuer, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(key);
        byte[] body = Body(issuer.SubjectName);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(body);
            WriteAlgorithm(writer);
            writer.WriteBitString(key.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return writer.Encode();
    }

    private byte[] Body(X500DistinguishedName issuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            WriteAlgorithm(writer);
            writer.WriteEncodedValue(issuer.RawData);
            writer.WriteUtcTime(ThisUpdate);
            writer.WriteUtcTime(NextUpdate);
            if (_entries.Count > 0)
            {
                using (writer.PushSequence())
                {
                    _entries.ForEach(entry => WriteEntry(writer, entry.Issuer, entry.Serial));
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
            using (writer.PushSequence())
            {
                WriteExtension(
                    writer,
                    Oids.CrlNumber,
                    critical: false,
                    inner => inner.WriteInteger(new BigInteger(Number))
                );
                if (IsIndirect)
                {
                    WriteExtension(writer, Oids.IssuingDistributionPoint, critical: true, WriteIndirect);
                }
            }
        }

        return writer.Encode();
    }

    private void WriteEntry(AsnWriter writer, X500DistinguishedName issuer, byte[] serial)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(serial);
            writer.WriteUtcTime(ThisUpdate);
            if (!IsIndirect)
            {
                return;
            }

            using (writer.PushSequence())
            {
                WriteExtension(writer, Oids.CertificateIssuer, critical: true, inner => WriteName(inner, issuer));
            }
        }
    }

    private static void WriteName(AsnWriter writer, X500DistinguishedName name)
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4, isConstructed: true)))
        {
            writer.WriteEncodedValue(name.RawData);
        }
    }

    private static void WriteIndirect(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, 4));
        }
    }

    private static void WriteExtension(AsnWriter writer, string oid, bool critical, Action<AsnWriter> content)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            using (writer.PushOctetString())
            {
                content(writer);
            }
        }
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.EcdsaWithSha256);
        }
    }
}
