using System.Formats.Asn1;
using System.Text;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>The claims that a certificate demands, permits and forbids (RFC 8226 §8, enhanced by RFC 9118 §3).</summary>
public sealed class JwtClaimConstraints
{
    /// <summary>Claims that must be present beside "iat", "orig" and "dest".</summary>
    public IReadOnlyList<string> MustInclude { get; init; } = [];

    /// <summary>Claims with the values that they may have when present.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> PermittedValues { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Claims that must be absent; only the enhanced extension has it.</summary>
    public IReadOnlyList<string> MustExclude { get; init; } = [];

    /// <summary>Reads either extension's value.</summary>
    /// <param name="der">DER of JWTClaimConstraints or EnhancedJWTClaimConstraints.</param>
    /// <param name="enhanced">Whether "mustExclude" is known.</param>
    /// <param name="constraints">The constraints, when they can be read.</param>
    public static bool TryRead(ReadOnlyMemory<byte> der, bool enhanced, out JwtClaimConstraints? constraints)
    {
        // The framework's ASN.1 reader knows malformed content only as an exception; it ends here.
        try
        {
            constraints = Read(new AsnReader(der, AsnEncodingRules.DER), enhanced);
            return constraints is not null;
        }
        catch (AsnContentException)
        {
            constraints = null;
            return false;
        }
    }

    /// <summary>Whether the token's claims are permitted.</summary>
    /// <param name="passport">A token that was read.</param>
    public Fault Check(PassportToken passport)
    {
        ArgumentNullException.ThrowIfNull(passport);

        // RFC 9118 §3 rule 3: with a base claim among the excluded, the certificate is as if it had no such extension.
        if (MustExclude.Any(name => name is "iat" or "orig" or "dest"))
        {
            return Fault.None;
        }

        JsonValue payload = passport.Payload.Root;
        if (MustInclude.Any(name => payload[Encoding.ASCII.GetBytes(name)].Kind == JsonKind.Absent))
        {
            return Fault.ConstraintInclude;
        }

        if (MustExclude.Any(name => payload[Encoding.ASCII.GetBytes(name)].Kind != JsonKind.Absent))
        {
            return Fault.ConstraintExclude;
        }

        bool permitted = PermittedValues.All(pair => Permits(payload[Encoding.ASCII.GetBytes(pair.Key)], pair.Value));
        return permitted ? Fault.None : Fault.ConstraintValue;
    }

    /// <summary>The extension's value.</summary>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteNames(writer, 0, MustInclude);
            if (PermittedValues.Count > 0)
            {
                using (writer.PushSequence(Tag(1)))
                using (writer.PushSequence())
                {
                    foreach ((string claim, IReadOnlyList<string> values) in PermittedValues)
                    {
                        WritePermitted(writer, claim, values);
                    }
                }
            }

            WriteNames(writer, 2, MustExclude);
        }

        return writer.Encode();
    }

    /// <summary>A text must be one of the values; an object or array, which no listed text can equal, must be so by its JSON.</summary>
    private static bool Permits(JsonValue claim, IReadOnlyList<string> values) =>
        claim.Kind == JsonKind.Absent
        || values.Contains(claim.Kind == JsonKind.Text ? claim.Text : Encoding.UTF8.GetString(claim.Raw.Span));

    private static JwtClaimConstraints? Read(AsnReader outer, bool enhanced)
    {
        AsnReader parts = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        string[] include = ReadNames(parts, 0);
        Dictionary<string, IReadOnlyList<string>> permitted = ReadPermitted(parts);
        string[] exclude = enhanced ? ReadNames(parts, 2) : [];
        parts.ThrowIfNotEmpty();
        return include.Length + permitted.Count + exclude.Length == 0
            ? null
            : new JwtClaimConstraints
            {
                MustInclude = include,
                PermittedValues = permitted,
                MustExclude = exclude,
            };
    }

    private static string[] ReadNames(AsnReader parts, int tag)
    {
        if (!parts.HasData || parts.PeekTag() != Tag(tag))
        {
            return [];
        }

        AsnReader explicitTag = parts.ReadSequence(Tag(tag));
        AsnReader names = explicitTag.ReadSequence();
        explicitTag.ThrowIfNotEmpty();
        var read = new List<string>();
        while (names.HasData)
        {
            read.Add(names.ReadCharacterString(UniversalTagNumber.IA5String));
        }

        return [.. read];
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadPermitted(AsnReader parts)
    {
        var permitted = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!parts.HasData || parts.PeekTag() != Tag(1))
        {
            return permitted;
        }

        AsnReader explicitTag = parts.ReadSequence(Tag(1));
        AsnReader claims = explicitTag.ReadSequence();
        explicitTag.ThrowIfNotEmpty();
        while (claims.HasData)
        {
            AsnReader claim = claims.ReadSequence();
            string name = claim.ReadCharacterString(UniversalTagNumber.IA5String);
            AsnReader values = claim.ReadSequence();
            claim.ThrowIfNotEmpty();
            var read = new List<string>();
            while (values.HasData)
            {
                read.Add(values.ReadCharacterString(UniversalTagNumber.UTF8String));
            }

            permitted[name] = read;
        }

        return permitted;
    }

    private static void WriteNames(AsnWriter writer, int tag, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        using (writer.PushSequence(Tag(tag)))
        using (writer.PushSequence())
        {
            foreach (string name in names)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name);
            }
        }
    }

    private static void WritePermitted(AsnWriter writer, string claim, IReadOnlyList<string> values)
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, claim);
            using (writer.PushSequence())
            {
                foreach (string value in values)
                {
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
