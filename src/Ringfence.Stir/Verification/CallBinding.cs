using System.Text;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Verification;

/// <summary>Steps 5 to 9: does the token belong to this call, now? No key is needed and nothing is fetched.</summary>
internal static class CallBinding
{
    public static void Check(
        List<IdentityCheck> checks,
        SignedCall call,
        CallIdentities identities,
        VerificationOptions options,
        ICertificateSource source,
        DateTimeOffset now
    )
    {
        foreach (IdentityCheck check in checks)
        {
            check.MatchesTarget =
                check.Passport is { } passport && CallIdentities.Contains(passport.Claims.Dest, identities.Target);
        }

        DiversionChains? chains = checks.Exists(check => check is { IsOpen: true, IsDiversion: true })
            ? new(checks)
            : null;
        for (int at = 0; at < checks.Count; at++)
        {
            IdentityCheck check = checks[at];
            if (!check.IsOpen)
            {
                continue;
            }

            check.Resume();
            bool isFirstOfChain = !check.IsDiversion && chains is not null && chains.IsDiverted(at);
            bool holds =
                check.Take(VerificationRule.Freshness, Freshness(check.Passport!, call, options, isFirstOfChain, now))
                && check.Take(VerificationRule.Originator, Originator(check.Passport!, identities))
                && TakeDestination(check, at, call, identities, chains, options);
            if (holds)
            {
                check.Take(VerificationRule.Location, Location(check, source));
            }
        }
    }

    private static Fault Freshness(
        PassportToken passport,
        SignedCall call,
        VerificationOptions options,
        bool isFirstOfChain,
        DateTimeOffset now
    )
    {
        TimeSpan oldest = isFirstOfChain && call.IsTrustedTransfer ? options.TransferFreshness : options.Freshness;
        DateTimeOffset issued = DateTimeOffset.FromUnixTimeSeconds(passport.Claims.IssuedAt);
        if (now - issued > oldest)
        {
            return passport.IsCompact ? Fault.DateStale : Fault.IatStale;
        }

        if (issued - now > options.Freshness)
        {
            return passport.IsCompact ? Fault.DateFuture : Fault.IatFuture;
        }

        // RFC 8224 §6.2 step 4: in full form "iat" counts where Date differs, as a proxy may have changed Date.
        return call.Date is { } date && (date - issued).Duration() > options.Freshness ? Fault.DateDiffers : Fault.None;
    }

    private static Fault Originator(PassportToken passport, CallIdentities identities)
    {
        if (identities.Callers.Length == 0)
        {
            return Fault.CallerMissing;
        }

        return identities.IsCaller(passport.Claims.Orig) ? Fault.None : Fault.OrigMismatch;
    }

    private static bool TakeDestination(
        IdentityCheck check,
        int at,
        SignedCall call,
        CallIdentities identities,
        DiversionChains? chains,
        VerificationOptions options
    )
    {
        if (check.IsDiversion)
        {
            return check.Take(VerificationRule.Diversion, chains!.CheckStructure(at, options.MaximumDiversions));
        }

        check.NeedsDiversion = !check.MatchesTarget && chains is not null && chains.IsDiverted(at);
        bool reached =
            check.MatchesTarget
            || (
                check.NeedsDiversion
                    ? chains!.ReachesTarget(at, _ => true)
                    : CallIdentities.Contains(check.Passport!.Claims.Dest, identities.To)
            );
        return check.Take(
            VerificationRule.Destination,
            reached ? Extensions(check.Passport!.Claims, call) : Fault.DestMismatch
        );
    }

    /// <summary>What else of the request a PASSporT may bind: the media's keys (RFC 8225 §5.2.2) and priorities (RFC 8443 §4.2, RFC 9027 §4).</summary>
    private static Fault Extensions(PassportClaims claims, SignedCall call)
    {
        if (claims.MediaKeys.Count > 0 && call.MediaKeys is { } offered && !SameKeys(claims.MediaKeys, offered))
        {
            return Fault.MediaKeyMismatch;
        }

        if (claims.ResourcePriorities.Count == 0)
        {
            return Fault.None;
        }

        if (
            call.ResourcePriorities is { } asked
            && asked.Any(value => !claims.ResourcePriorities.Contains(value, StringComparer.OrdinalIgnoreCase))
        )
        {
            return Fault.PriorityMismatch;
        }

        bool callback = string.Equals(call.Priority, "psap-callback", StringComparison.OrdinalIgnoreCase);
        return claims.IsEmergencyCallback && !callback ? Fault.CallbackMismatch : Fault.None;
    }

    private static bool SameKeys(IReadOnlyList<MediaKey> claimed, IReadOnlyList<MediaKey> offered) =>
        claimed.Select(Normal).ToHashSet().SetEquals(offered.Select(Normal));

    private static MediaKey Normal(MediaKey key) =>
        new(key.Algorithm.ToLowerInvariant(), key.Digest.ToUpperInvariant());

    private static Fault Location(IdentityCheck check, ICertificateSource source)
    {
        string x5u = check.Passport!.X5u;

        // RFC 8224 §4.1: simple string comparison, RFC 3986 §6.2.1.
        return Ascii.Equals(check.Header.Info.Span, x5u) ? source.CheckUrl(x5u) : Fault.InfoMismatch;
    }
}
