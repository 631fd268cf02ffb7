using System.Formats.Asn1;
using System.Numerics;

namespace Ringfence.Stir.Certificates;

/// <summary>TN Authorization List: the numbers over which a certificate has authority (RFC 8226 §9).</summary>
public sealed class TnAuthList
{
    private static readonly Asn1Tag SpcTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag RangeTag = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag OneTag = new(TagClass.ContextSpecific, 2, isConstructed: true);

    /// <summary>Makes a list.</summary>
    /// <param name="serviceProviderCodes">"spc" entries.</param>
    /// <param name="numbers">"range" and "one" entries.</param>
    /// <exception cref="ArgumentException">Both are empty, or a range runs past its digits.</exception>
    public TnAuthList(IReadOnlyList<string> serviceProviderCodes, IReadOnlyList<TelephoneNumberRange> numbers)
    {
        ArgumentNullException.ThrowIfNull(serviceProviderCodes);
        ArgumentNullException.ThrowIfNull(numbers);
        if (serviceProviderCodes.Count + numbers.Count == 0 || numbers.Any(range => !range.IsValid))
        {
            throw new ArgumentException("A TNAuthList needs an entry, and ranges within their digits.");
        }

        ServiceProviderCodes = serviceProviderCodes;
        Numbers = numbers;
    }

    /// <summary>Service provider codes: names for numbers that are listed elsewhere.</summary>
    public IReadOnlyList<string> ServiceProviderCodes { get; }

    /// <summary>Ranges and single numbers.</summary>
    public IReadOnlyList<TelephoneNumberRange> Numbers { get; }

    /// <summary>Reads the extension's value.</summary>
    /// <param name="der">DER of TNAuthorizationList.</param>
    /// <param name="list">The list, when it can be read.</param>
    public static bool TryRead(ReadOnlyMemory<byte> der, out TnAuthList? list)
    {
        // The framework's ASN.1 reader knows malformed content only as an exception; it ends here.
        try
        {
            list = Read(new AsnReader(der, AsnEncodingRules.DER));
            return list is not null;
        }
        catch (AsnContentException)
        {
            list = null;
            return false;
        }
    }

    /// <summary>
    /// Whether the list gives authority over the number. A service provider code stands for numbers that only the national
    /// administration knows: it covers any (ATIS-1000080 gives SHAKEN certificates nothing else).
    /// </summary>
    /// <param name="number">A canonical number.</param>
    public bool Covers(string number) =>
        ServiceProviderCodes.Count > 0 || Numbers.Any(range => range.Contains(number.AsSpan()));

    /// <summary>Whether a delegate's list stays within this one (RFC 9060 §4.1).</summary>
    /// <param name="child">The list of the certificate that this one's holder issued.</param>
    public bool Encompasses(TnAuthList child)
    {
        ArgumentNullException.ThrowIfNull(child);
        bool codes = child.ServiceProviderCodes.All(code => ServiceProviderCodes.Contains(code));
        return codes
            && (
                ServiceProviderCodes.Count > 0 || child.Numbers.All(range => Numbers.Any(mine => mine.Contains(range)))
            );
    }

    /// <summary>The extension's value.</summary>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string code in ServiceProviderCodes)
            {
                using (writer.PushSequence(SpcTag))
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, code);
                }
            }

            foreach (TelephoneNumberRange range in Numbers)
            {
                Encode(writer, range);
            }
        }

        return writer.Encode();
    }

    private static void Encode(AsnWriter writer, TelephoneNumberRange range)
    {
        using (writer.PushSequence(range.Count == 1 ? OneTag : RangeTag))
        {
            if (range.Count == 1)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, range.Start);
                return;
            }

            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, range.Start);
                writer.WriteInteger(range.Count);
            }
        }
    }

    private static TnAuthList? Read(AsnReader outer)
    {
        AsnReader entries = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var codes = new List<string>();
        var numbers = new List<TelephoneNumberRange>();
        while (entries.HasData)
        {
            Asn1Tag tag = entries.PeekTag();
            if (tag != SpcTag && tag != RangeTag && tag != OneTag)
            {
                return null;
            }

            AsnReader entry = entries.ReadSequence(tag);
            if (tag == SpcTag)
            {
                codes.Add(entry.ReadCharacterString(UniversalTagNumber.IA5String));
            }
            else if (tag == OneTag)
            {
                numbers.Add(new TelephoneNumberRange(entry.ReadCharacterString(UniversalTagNumber.IA5String), 1));
            }
            else
            {
                numbers.Add(ReadRange(entry.ReadSequence()));
            }

            entry.ThrowIfNotEmpty();
        }

        bool valid =
            codes.Count + numbers.Count > 0
            && codes.All(code => code.Length > 0 && code.All(char.IsAsciiLetterOrDigit))
            && numbers.All(range => range.IsValid);
        return valid ? new TnAuthList(codes, numbers) : null;
    }

    private static TelephoneNumberRange ReadRange(AsnReader range)
    {
        string start = range.ReadCharacterString(UniversalTagNumber.IA5String);
        BigInteger count = range.ReadInteger();

        // Zero is no valid count and is refused with the rest; "..." of the syntax permits more members after it.
        return new TelephoneNumberRange(start, count < 2 || count > ulong.MaxValue ? 0 : (ulong)count);
    }
}
