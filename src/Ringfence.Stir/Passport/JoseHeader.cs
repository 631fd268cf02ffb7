using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Passport;

/// <summary>The JOSE header of a PASSporT (RFC 8225 §4): decided before any key is looked at, so that a token cannot choose how it is checked.</summary>
internal readonly record struct JoseHeader(string? Ppt, string X5u)
{
    public PassportType Type => PassportTypes.Of(Ppt);

    public static Fault Read(ReadOnlyMemory<byte> json, out JoseHeader header)
    {
        header = default;
        JsonFault syntax = JsonTape.Read(json, out JsonTape? tape);
        if (syntax != JsonFault.None)
        {
            return (Fault)((int)Fault.JoseSyntax - 1 + (int)syntax);
        }

        JsonValue root = tape!.Root;
        Fault fault = Forbidden(root);
        fault = fault == Fault.None ? Algorithm(root["alg"u8]) : fault;
        fault = fault == Fault.None ? Typ(root["typ"u8]) : fault;
        if (fault != Fault.None)
        {
            return fault;
        }

        JsonValue ppt = root["ppt"u8];
        JsonValue x5u = root["x5u"u8];
        if (ppt.Kind is not (JsonKind.Absent or JsonKind.Text) || x5u.Kind is not (JsonKind.Absent or JsonKind.Text))
        {
            return Fault.JoseMemberType;
        }

        string? name = ppt.Kind == JsonKind.Text ? ppt.Text : null;
        header = new JoseHeader(name, x5u.Kind == JsonKind.Text ? x5u.Text : string.Empty);
        return header.X5u.Length == 0 ? Fault.JoseX5uMissing : Fault.None;
    }

    /// <summary>Members that would change what is verified, or with which key. None is ever needed by a PASSporT.</summary>
    private static Fault Forbidden(JsonValue root)
    {
        if (root["crit"u8].Kind != JsonKind.Absent)
        {
            return Fault.JoseCritical;
        }

        if (root["b64"u8].Kind != JsonKind.Absent)
        {
            return Fault.JoseB64;
        }

        if (root["jwk"u8].Kind != JsonKind.Absent)
        {
            return Fault.JoseEmbeddedKey;
        }

        if (root["jku"u8].Kind != JsonKind.Absent)
        {
            return Fault.JoseKeyUrl;
        }

        return root["x5c"u8].Kind != JsonKind.Absent ? Fault.JoseEmbeddedCertificate : Fault.None;
    }

    private static Fault Algorithm(JsonValue alg) =>
        alg.Kind switch
        {
            JsonKind.Absent => Fault.JoseAlgorithmMissing,
            JsonKind.Text when alg.Raw.Span.SequenceEqual("ES256"u8) => Fault.None,
            JsonKind.Text when string.Equals(alg.Text, "none", StringComparison.OrdinalIgnoreCase) =>
                Fault.JoseAlgorithmNone,
            JsonKind.Text => Fault.JoseAlgorithm,
            _ => Fault.JoseMemberType,
        };

    private static Fault Typ(JsonValue typ) =>
        typ.Kind switch
        {
            JsonKind.Absent => Fault.JoseTypeMissing,
            JsonKind.Text when typ.Raw.Span.SequenceEqual("passport"u8) => Fault.None,
            JsonKind.Text => Fault.JoseType,
            _ => Fault.JoseMemberType,
        };
}
