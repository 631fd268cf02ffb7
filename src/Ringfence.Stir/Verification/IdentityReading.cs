using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>Steps 1 to 4: from a header's bytes to a token that is well formed.</summary>
internal static class IdentityReading
{
    /// <summary>P-Asserted-Identity holds a SIP and a tel URI at most (RFC 3325 §9.1); more would be work for nothing.</summary>
    private const int MaximumCallers = 2;

    public static List<IdentityCheck> Read(
        SignedCall call,
        CallIdentities identities,
        VerificationOptions options,
        TimeProvider time
    )
    {
        var checks = new List<IdentityCheck>(call.Identities.Count);
        foreach (ReadOnlyMemory<byte> value in call.Identities)
        {
            var check = new IdentityCheck(value, time);
            checks.Add(check);
            if (checks.Count > options.MaximumIdentities)
            {
                check.Take(VerificationRule.Header, Fault.TooManyIdentities);
                break;
            }

            ReadOne(check, call, identities, options);
        }

        for (int at = 0; at < checks.Count && checks.Count < DiversionChains.MaximumIdentities; at++)
        {
            if (checks[at] is { IsOpen: true, Passport.Claims.Opt: { } opt })
            {
                checks.Add(ReadInner(opt, time));
            }
        }

        return checks;
    }

    private static void ReadOne(
        IdentityCheck check,
        SignedCall call,
        CallIdentities identities,
        VerificationOptions options
    )
    {
        IdentityHeader header = default;
        Fault fault =
            check.Value.Length > options.MaximumHeaderLength
                ? Fault.HeaderTooLong
                : IdentityHeaderReader.Read(check.Value, out header);
        check.Header = header;
        if (!check.Take(VerificationRule.Header, fault))
        {
            return;
        }

        if (PassportReader.IsCompact(header.Token.Span))
        {
            fault = ReadCompact(header, call, identities, out List<PassportToken> readings);
            check.Readings = readings;
            check.Passport = readings.Count > 0 ? readings[0] : null;
            check.TakeThrough(VerificationRule.Token, VerificationRule.Claims, fault);
            return;
        }

        fault = PassportReader.Read(header.Token, out PassportToken? passport);
        if (fault == Fault.None && !MatchesParameter(header.Ppt, passport!.Type))
        {
            fault = Fault.PptMismatch;
        }

        check.Passport = fault == Fault.None ? passport : null;
        check.TakeThrough(VerificationRule.Token, VerificationRule.Claims, fault);
    }

    /// <summary>A PASSporT inside "opt" has no header of its own: its "x5u" stands for "info" (RFC 8946 §5.1).</summary>
    private static IdentityCheck ReadInner(string opt, TimeProvider time)
    {
        byte[] token = Encoding.ASCII.GetBytes(opt);
        var check = new IdentityCheck(token, time);
        Fault fault = PassportReader.Read(token, out PassportToken? passport);
        check.Passport = passport;
        check.Header = new IdentityHeader(
            token,
            Encoding.UTF8.GetBytes(passport?.X5u ?? string.Empty),
            default,
            default
        );
        check.TakeThrough(VerificationRule.Token, VerificationRule.Claims, fault);
        return check;
    }

    /// <summary>The parameter may be left out, but not differ (RFC 8224 §4.1).</summary>
    private static bool MatchesParameter(ReadOnlyMemory<byte> parameter, PassportType type) =>
        parameter.IsEmpty || (PassportTypes.Name(type) is { } name && Ascii.Equals(parameter.Span, name));

    /// <summary>
    /// RFC 8224 §4.1, §6.2: header and payload of the compact form are made from the request; extensions have no compact form (§9).
    /// Which of several asserted identities was signed, and whether To or the Request-URI, only the signature tells.
    /// </summary>
    private static Fault ReadCompact(
        IdentityHeader header,
        SignedCall call,
        CallIdentities identities,
        out List<PassportToken> readings
    )
    {
        readings = [];
        if (header.Token.Span[2..].Contains((byte)'.'))
        {
            return Fault.TokenParts;
        }

        Fault fault = PassportReader.ReadSignature(header.Token.Span[2..], out byte[] signature);
        if (fault != Fault.None)
        {
            return fault;
        }

        if (!header.Ppt.IsEmpty)
        {
            bool known = PassportTypes.Of(Encoding.ASCII.GetString(header.Ppt.Span)) != PassportType.Unsupported;
            return known ? Fault.CompactNotPermitted : Fault.PptUnsupported;
        }

        if (call.Date is not { } date)
        {
            return Fault.CompactWithoutDate;
        }

        ClaimedIdentity[] called = identities.Called;
        if (identities.Callers.Length == 0 || called.Length == 0)
        {
            return Fault.OrigMissing;
        }

        string x5u = Encoding.UTF8.GetString(header.Info.Span);
        foreach (ClaimedIdentity orig in identities.Callers.Take(MaximumCallers))
        {
            readings.AddRange(called.Select(dest => Compact(date, orig, dest, x5u, signature)));
        }

        return Fault.None;
    }

    private static PassportToken Compact(
        DateTimeOffset date,
        ClaimedIdentity orig,
        ClaimedIdentity dest,
        string x5u,
        byte[] signature
    )
    {
        var claims = new PassportClaims
        {
            IssuedAt = date.ToUnixTimeSeconds(),
            Orig = orig,
            Dest = [dest],
        };
        byte[] signed = PassportWriter.SigningInput(claims, PassportType.Baseline, x5u);
        JsonTape.Read("{}"u8.ToArray(), out JsonTape? payload);
        return new PassportToken(signed, signature, x5u, PassportType.Baseline, claims, payload!) { IsCompact = true };
    }
}
