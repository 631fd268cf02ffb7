using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>Steps 10 to 16: may this signer say this, and did it?</summary>
internal static class CredentialChecks
{
    /// <summary>The order n of P-256 (FIPS 186-4 §D.1.2.3).</summary>
    private static readonly byte[] Order = Convert.FromHexString(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
    );

    public static void Check(
        IdentityCheck check,
        VerificationOptions options,
        RevocationLists? revocation,
        DateTimeOffset now
    )
    {
        Fault lookup = check.Lookup.Fault;
        check.Resume();
        if (!check.TakeThrough(VerificationRule.Credential, VerificationRule.Credential, lookup))
        {
            return;
        }

        CertificatePath path = check.Lookup.Path!;
        if (check.Readings.Count > 1)
        {
            check.Passport =
                check.Readings.FirstOrDefault(reading => Signature(path.Leaf, reading) == Fault.None) ?? check.Passport;
        }

        PassportToken passport = check.Passport!;
        DateTimeOffset issued = DateTimeOffset.FromUnixTimeSeconds(passport.Claims.IssuedAt);
        bool holds =
            check.Take(VerificationRule.Path, path.Check(now, issued))
            && check.Take(VerificationRule.Revocation, revocation?.Check(path, now) ?? Fault.None)
            && check.Take(VerificationRule.Profile, Profile(path.Leaf, options))
            && check.Take(VerificationRule.Authority, Authority(path, passport, options))
            && check.Take(VerificationRule.Constraints, Constraints(path.Leaf, passport));
        if (holds)
        {
            check.Take(VerificationRule.Signature, Signature(path.Leaf, passport));
        }
    }

    private static Fault Profile(StirCertificate leaf, VerificationOptions options)
    {
        Fault worst = Fault.None;
        foreach (ProfilePoint point in leaf.Departures)
        {
            ProfileLevel level = options.Profile.GetValueOrDefault(point, ProfileLevel.Warn);
            if (level == ProfileLevel.Deny)
            {
                return Fault.ProfileDenied;
            }

            worst = level == ProfileLevel.Warn ? Fault.ProfileWarned : worst;
        }

        return worst;
    }

    private static Fault Authority(CertificatePath path, PassportToken passport, VerificationOptions options)
    {
        StirCertificate leaf = path.Leaf;
        if (path.DelegationFault != Fault.None)
        {
            return path.DelegationFault;
        }

        bool lacks = leaf.AuthorityFault == Fault.TnAuthListMissing;
        if (leaf.AuthorityFault != Fault.None && (!lacks || options.RequireTnAuthList))
        {
            return leaf.AuthorityFault;
        }

        if (passport.Type == PassportType.Rph)
        {
            return options.PrioritySigners.Contains(leaf.Signer) ? Fault.None : Fault.PriorityAuthority;
        }

        if (leaf.TnAuthList is not { } list)
        {
            return Fault.None;
        }

        // RFC 8946 §4.2 step 2: who diverts answers for the number diverted, not for the caller's.
        ClaimedIdentity subject = passport.Claims.Div ?? passport.Claims.Orig;
        bool covers = subject.IsUri ? list.ServiceProviderCodes.Count > 0 : list.Covers(subject.Value);
        if (covers)
        {
            return Fault.None;
        }

        return passport.Claims.Div is null ? Fault.OrigOutsideAuthority : Fault.DivOutsideAuthority;
    }

    private static Fault Constraints(StirCertificate leaf, PassportToken passport) =>
        leaf.ConstraintFault != Fault.None ? leaf.ConstraintFault : leaf.Constraints?.Check(passport) ?? Fault.None;

    private static Fault Signature(StirCertificate leaf, PassportToken passport)
    {
        ReadOnlySpan<byte> signature = passport.Signature.Span;
        ReadOnlySpan<byte> r = signature[..32];
        ReadOnlySpan<byte> s = signature[32..];
        if (!r.ContainsAnyExcept((byte)0) || !s.ContainsAnyExcept((byte)0))
        {
            return Fault.SignatureZero;
        }

        if (r.SequenceCompareTo(Order) >= 0 || s.SequenceCompareTo(Order) >= 0)
        {
            return Fault.SignatureRange;
        }

        return leaf.Verify(passport.SigningInput.Span, signature) ? Fault.None : Fault.SignatureInvalid;
    }
}
