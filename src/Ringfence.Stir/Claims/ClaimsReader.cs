using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Claims;

/// <summary>Reads the claims that a kind of PASSporT must and may have (RFC 8225 §5, RFC 8588 §4-§5, RFC 8946 §3-§6, RFC 8443 §3, RFC 9027 §4).</summary>
internal static class ClaimsReader
{
    /// <summary>9999-12-31: past it no date can be written.</summary>
    private const long LastSecond = 253402300799;

    public static Fault Read(
        ReadOnlyMemory<byte> json,
        PassportType type,
        out JsonTape? tape,
        out PassportClaims? claims
    )
    {
        claims = null;
        JsonFault syntax = JsonTape.Read(json, out tape);
        if (syntax != JsonFault.None)
        {
            return (Fault)((int)Fault.ClaimsSyntax - 1 + (int)syntax);
        }

        JsonValue root = tape!.Root;
        Fault fault = ReadBase(root, out PassportClaims? read);
        fault = fault == Fault.None ? ReadShaken(root, type, ref read!) : fault;
        fault = fault == Fault.None ? ReadDiversion(root, type, ref read!) : fault;
        fault = fault == Fault.None ? ReadPriority(root, type, ref read!) : fault;
        fault = fault == Fault.None ? ReadRichCallData(root, type, ref read!) : fault;
        fault = fault == Fault.None ? ReadMediaKeys(root["mky"u8], ref read!) : fault;
        claims = fault == Fault.None ? read : null;
        return fault;
    }

    private static Fault ReadBase(JsonValue root, out PassportClaims? claims)
    {
        claims = null;
        JsonValue iat = root["iat"u8];
        if (iat.Kind != JsonKind.Integer)
        {
            return iat.Kind == JsonKind.Absent ? Fault.IatMissing : Fault.IatNotInteger;
        }

        if (!iat.TryInteger(out long issuedAt) || issuedAt is < 0 or > LastSecond)
        {
            return Fault.IatRange;
        }

        Fault fault = IdentityReader.ReadOrig(root["orig"u8], out ClaimedIdentity orig);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = IdentityReader.ReadDest(root["dest"u8], out ClaimedIdentity[] dest);
        claims =
            fault == Fault.None
                ? new PassportClaims
                {
                    IssuedAt = issuedAt,
                    Orig = orig,
                    Dest = dest,
                }
                : null;
        return fault;
    }

    private static Fault ReadShaken(JsonValue root, PassportType type, ref PassportClaims claims)
    {
        if (type != PassportType.Shaken)
        {
            return Fault.None;
        }

        JsonValue attest = root["attest"u8];
        if (attest.Kind == JsonKind.Absent)
        {
            return Fault.AttestMissing;
        }

        Attestation level =
            attest.Kind != JsonKind.Text ? Attestation.None
            : attest.Raw.Span.SequenceEqual("A"u8) ? Attestation.A
            : attest.Raw.Span.SequenceEqual("B"u8) ? Attestation.B
            : attest.Raw.Span.SequenceEqual("C"u8) ? Attestation.C
            : Attestation.None;
        if (level == Attestation.None)
        {
            return Fault.AttestValue;
        }

        JsonValue origId = root["origid"u8];
        if (origId.Kind == JsonKind.Absent)
        {
            return Fault.OrigIdMissing;
        }

        if (!origId.TryText(out string id) || !Guid.TryParseExact(id, "D", out _))
        {
            return Fault.OrigIdMalformed;
        }

        claims = claims with { Attest = level, OrigId = id };
        return Fault.None;
    }

    private static Fault ReadDiversion(JsonValue root, PassportType type, ref PassportClaims claims)
    {
        if (type is not (PassportType.Div or PassportType.DivO))
        {
            return Fault.None;
        }

        Fault fault = IdentityReader.ReadDiv(root["div"u8], out ClaimedIdentity div);
        if (fault != Fault.None)
        {
            return fault;
        }

        JsonValue opt = root["opt"u8];
        if (type == PassportType.Div)
        {
            claims = claims with { Div = div };
            return opt.Kind == JsonKind.Absent ? Fault.None : Fault.DivHasOpt;
        }

        if (opt.Kind == JsonKind.Absent)
        {
            return Fault.OptMissing;
        }

        // RFC 8946 §6: "opt" holds a full-form PASSporT. What it holds further inside is read when it is unwrapped.
        bool wellFormed = opt.TryText(out string inner) && inner.Count(c => c == '.') == 2 && inner[0] != '.';
        claims = claims with { Div = div, Opt = inner };
        return wellFormed ? Fault.None : Fault.OptMalformed;
    }

    private static Fault ReadPriority(JsonValue root, PassportType type, ref PassportClaims claims)
    {
        if (type != PassportType.Rph)
        {
            return Fault.None;
        }

        JsonValue rph = root["rph"u8];
        JsonValue auth = rph["auth"u8];
        if (rph.Kind == JsonKind.Absent)
        {
            return Fault.RphMissing;
        }

        if (auth.Kind != JsonKind.Array || auth.Length() == 0 || auth.Elements().Any(e => e.Kind != JsonKind.Text))
        {
            return Fault.RphMalformed;
        }

        JsonValue sph = root["sph"u8];
        string[] values = [.. auth.Elements().Select(element => element.Text)];
        claims = claims with { ResourcePriorities = values, IsEmergencyCallback = sph.Kind != JsonKind.Absent };

        // RFC 9027 §4: only with "esnet", and any other value is a failure.
        bool callback = sph.TryText(out string text) && text == "psap-callback" && values.Any(IsEmergencyNamespace);
        return sph.Kind == JsonKind.Absent || callback ? Fault.None : Fault.SphValue;
    }

    private static bool IsEmergencyNamespace(string value) => value.StartsWith("esnet.", StringComparison.Ordinal);

    private static Fault ReadRichCallData(JsonValue root, PassportType type, ref PassportClaims claims)
    {
        Fault fault = RichCallDataReader.Read(root, type == PassportType.Rcd, out RichCallData? rcd);
        if (fault == Fault.None && rcd is not null)
        {
            claims = claims with { Rcd = rcd, CallReason = root["crn"u8].TryText(out string reason) ? reason : null };
        }

        return fault;
    }

    private static Fault ReadMediaKeys(JsonValue mky, ref PassportClaims claims)
    {
        if (mky.Kind == JsonKind.Absent)
        {
            return Fault.None;
        }

        var keys = new List<MediaKey>();
        foreach (JsonValue key in mky.Elements())
        {
            if (!key["alg"u8].TryText(out string algorithm) | !key["dig"u8].TryText(out string digest))
            {
                return Fault.MkyMalformed;
            }

            keys.Add(new MediaKey(algorithm, digest));
        }

        claims = claims with { MediaKeys = keys };
        return keys.Count > 0 ? Fault.None : Fault.MkyMalformed;
    }
}
