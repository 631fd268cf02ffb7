using System.Formats.Asn1;

namespace Ringfence.Stir.Certificates;

/// <summary>One CRL distribution point (RFC 5280 §4.2.1.13).</summary>
/// <param name="Url">Where the list lies, or null.</param>
/// <param name="HasCrlIssuer">Whether another authority than the issuer signs the list, as the STI-PA does.</param>
internal readonly record struct DistributionPoint(string? Url, bool HasCrlIssuer)
{
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag CrlIssuer = new(TagClass.ContextSpecific, 2, isConstructed: true);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads the extension; throws <see cref="AsnContentException"/> on malformed content.</summary>
    public static List<DistributionPoint> Read(ReadOnlyMemory<byte> der)
    {
        var points = new List<DistributionPoint>();
        AsnReader sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            points.Add(ReadOne(sequence.ReadSequence()));
        }

        return points;
    }

    private static DistributionPoint ReadOne(AsnReader point)
    {
        string? url = null;
        bool hasIssuer = false;
        while (point.HasData)
        {
            Asn1Tag tag = point.PeekTag();
            hasIssuer |= tag == CrlIssuer;
            if (tag != Zero)
            {
                point.ReadEncodedValue();
                continue;
            }

            AsnReader name = point.ReadSequence(Zero);
            if (name.PeekTag() != Zero)
            {
                continue;
            }

            AsnReader fullName = name.ReadSequence(Zero);
            if (fullName.HasData && fullName.PeekTag() == UriName)
            {
                url = fullName.ReadCharacterString(UniversalTagNumber.IA5String, UriName);
            }
        }

        return new DistributionPoint(url, hasIssuer);
    }
}
