using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Ringfence.Stir.Certificates;

/// <summary>The parts of a CertificateList (RFC 5280 §5.1). Reading throws <see cref="AsnContentException"/> on malformed content.</summary>
internal sealed class RevocationListFields
{
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag IndirectFlag = new(TagClass.ContextSpecific, 4);
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    public HashSet<string> Revoked { get; } = new(StringComparer.Ordinal);
    public byte[] Signed { get; private set; } = [];
    public byte[] Signature { get; private set; } = [];
    public HashAlgorithmName Hash { get; private set; }
    public ReadOnlyMemory<byte> Issuer { get; private set; }
    public bool IsIndirect { get; private set; }
    public DateTimeOffset ThisUpdate { get; private set; }
    public DateTimeOffset NextUpdate { get; private set; }
    public long Number { get; private set; } = -1;

    /// <summary>Reads a list; null when it is of a kind that is not understood.</summary>
    public static RevocationListFields? Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var fields = new RevocationListFields { Signed = list.PeekEncodedValue().ToArray() };
        AsnReader body = list.ReadSequence();
        ReadOnlyMemory<byte> identifier = list.ReadEncodedValue();
        string algorithm = new AsnReader(identifier, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();
        fields.Signature = list.ReadBitString(out int unused);
        list.ThrowIfNotEmpty();
        fields.Hash = algorithm == Oids.EcdsaWithSha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

        // What the signature does not cover has one form only: a list is not to be known by two spellings.
        bool known = algorithm is Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 && unused == 0;
        return known && fields.ReadBody(body, identifier.Span) ? fields : null;
    }

    private bool ReadBody(AsnReader body, ReadOnlySpan<byte> algorithm)
    {
        // v2 is the only version with extensions, and RFC 5280 §5.1.2.1 wants it; the inner algorithm must repeat the outer one.
        if (body.ReadInteger() != 1 || !body.ReadEncodedValue().Span.SequenceEqual(algorithm))
        {
            return false;
        }

        Issuer = body.ReadEncodedValue();
        ThisUpdate = ReadTime(body);
        if (body.PeekTag().TagClass != TagClass.Universal || body.PeekTag().TagValue is not (23 or 24))
        {
            return false;
        }

        NextUpdate = ReadTime(body);
        AsnReader? entries = body.HasData && body.PeekTag() == Asn1Tag.Sequence ? body.ReadSequence() : null;
        if (body.HasData)
        {
            AsnReader extensions = body.ReadSequence(Extensions).ReadSequence();
            body.ThrowIfNotEmpty();
            while (extensions.HasData)
            {
                if (!ReadExtension(extensions.ReadSequence()))
                {
                    return false;
                }
            }
        }

        return entries is null || ReadEntries(entries);
    }

    private bool ReadEntries(AsnReader entries)
    {
        // RFC 5280 §5.3.3: without an own certificate issuer an entry has that of the entry before it, the first that of the list.
        ReadOnlyMemory<byte> issuer = Issuer;
        while (entries.HasData)
        {
            AsnReader entry = entries.ReadSequence();
            ReadOnlyMemory<byte> serial = entry.ReadIntegerBytes();
            ReadTime(entry);
            AsnReader? extensions = entry.HasData ? entry.ReadSequence() : null;
            while (extensions is { HasData: true })
            {
                (string oid, bool critical, byte[] value) = ReadHead(extensions.ReadSequence());
                if (oid == Oids.CertificateIssuer)
                {
                    issuer = new AsnReader(value, AsnEncodingRules.DER)
                        .ReadSequence()
                        .ReadSequence(DirectoryName)
                        .ReadEncodedValue();
                }
                else if (critical)
                {
                    return false;
                }
            }

            if (!IsIndirect && !issuer.Span.SequenceEqual(Issuer.Span))
            {
                return false;
            }

            Revoked.Add(RevocationList.Key(issuer.Span, serial.Span));
        }

        return true;
    }

    private bool ReadExtension(AsnReader extension)
    {
        (string oid, bool critical, byte[] value) = ReadHead(extension);
        if (oid == Oids.CrlNumber)
        {
            new AsnReader(value, AsnEncodingRules.DER).TryReadInt64(out long number);
            Number = number;
            return true;
        }

        if (oid != Oids.IssuingDistributionPoint)
        {
            return !critical;
        }

        AsnReader point = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        while (point.HasData)
        {
            if (point.PeekTag() == IndirectFlag)
            {
                IsIndirect = point.ReadBoolean(IndirectFlag);
            }
            else if (point.PeekTag().TagValue is 0)
            {
                point.ReadEncodedValue();
            }
            else
            {
                // A list of some certificates or reasons only would be taken for complete.
                return false;
            }
        }

        return true;
    }

    private static (string Oid, bool Critical, byte[] Value) ReadHead(AsnReader extension)
    {
        string oid = extension.ReadObjectIdentifier();
        bool critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
        return (oid, critical, extension.ReadOctetString());
    }

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().TagValue == (int)UniversalTagNumber.UtcTime
            ? reader.ReadUtcTime()
            : reader.ReadGeneralizedTime();
}
