using System.Security.Cryptography;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Authentication;

/// <summary>Decides what may be said of a caller, and signs it (RFC 8224 §6.1, RFC 8588, ATIS-1000074 §5.2). Safe for any number of threads.</summary>
public sealed class AuthenticationService
{
    private readonly AttestationPolicy _policy;
    private readonly SigningKeyFiles _keys;
    private readonly TimeProvider _time;
    private readonly SigningQuota _quota;
    private readonly OrigIds _origIds;

    /// <summary>Makes a service.</summary>
    /// <param name="options">The policy.</param>
    /// <param name="keys">The key, which may be replaced at any time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes "origid" values of single calls.</param>
    public AuthenticationService(
        AuthenticationOptions options,
        SigningKeyFiles keys,
        TimeProvider time,
        RandomNumberGenerator random
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OrigIdSecret.Length, 16);
        _policy = new AttestationPolicy(options);
        _keys = keys;
        _time = time;
        _quota = new SigningQuota(time);
        _origIds = new OrigIds(options, time, random);
    }

    /// <summary>Says what a call would be signed as, without signing it or counting it: the dry run of a policy.</summary>
    /// <param name="request">The call.</param>
    public (SigningReason Reason, Attestation Attestation) Decide(SigningRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _policy.Decide(request, out _, out _);
    }

    /// <summary>Signs a call as far as the policy permits.</summary>
    /// <param name="request">The call.</param>
    public SigningResult Sign(SigningRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (SigningReason reason, Attestation level) = _policy.Decide(
            request,
            out ClaimedIdentity orig,
            out ClaimedIdentity dest
        );
        if (level == Attestation.None)
        {
            return SigningResult.Unsigned(reason);
        }

        DateTimeOffset now = _time.GetUtcNow();
        SigningKey? key = UsableKey(now, orig, out SigningReason obstacle);
        if (key is null)
        {
            return SigningResult.Unsigned(obstacle);
        }

        SigningTrunk trunk = _policy.Trunk(request)!;
        SigningCustomer? customer = _policy.Customer(request);
        string account = customer is null ? "trunk " + trunk.Name : customer.Account ?? customer.Name;
        if (!_quota.TryTake(account, customer?.QuotaPerMinute ?? trunk.QuotaPerMinute))
        {
            return SigningResult.Unsigned(SigningReason.QuotaExceeded);
        }

        var claims = new PassportClaims
        {
            IssuedAt = now.ToUnixTimeSeconds(),
            Orig = orig,
            Dest = [dest],
            Attest = level,
            OrigId = _origIds.Make(trunk, customer is null ? null : account),
            MediaKeys = request.MediaKeys,
            Rcd = request.Rcd,
        };
        return new SigningResult(reason, level, PassportSigner.Sign(key, claims));
    }

    /// <summary>
    /// Signs the retargeting of a call (RFC 8946 §4.1): one "div" for each distinct pair of "orig" and "dest" among the PASSporTs that
    /// were for the present target, none without such a PASSporT, and none when only the URI's spelling changes.
    /// </summary>
    /// <param name="identities">Values of the Identity headers of the request; they stay in it.</param>
    /// <param name="target">The URI that the request was for.</param>
    /// <param name="newTarget">The URI that it goes to now.</param>
    /// <param name="plan">How numbers are written.</param>
    /// <param name="carryOriginal">Makes "div-o", which carries the original inside, for legs that lose headers (RFC 8946 §5).</param>
    public IReadOnlyList<SignedIdentity> Divert(
        IReadOnlyList<ReadOnlyMemory<byte>> identities,
        ReadOnlyMemory<byte> target,
        ReadOnlyMemory<byte> newTarget,
        NumberPlan plan,
        bool carryOriginal = false
    )
    {
        ArgumentNullException.ThrowIfNull(identities);
        if (
            SipIdentity.From(target.Span, plan) is not { } from
            || SipIdentity.From(newTarget.Span, plan) is not { } to
            || from == to
            || UsableKey(_time.GetUtcNow(), from, out _) is not { } key
        )
        {
            return [];
        }

        var signed = new List<SignedIdentity>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ReadOnlyMemory<byte> value in identities)
        {
            if (Read(value) is not { } earlier || !CallIdentities.Contains(earlier.Claims.Dest, from))
            {
                continue;
            }

            if (!carryOriginal && !seen.Add($"{earlier.Claims.Orig.Value} {string.Join(',', earlier.Claims.Dest)}"))
            {
                continue;
            }

            signed.Add(PassportSigner.Sign(key, Diversion(earlier, from, to, carryOriginal)));
        }

        return signed;
    }

    private static PassportClaims Diversion(
        PassportToken earlier,
        ClaimedIdentity from,
        ClaimedIdentity to,
        bool carryOriginal
    ) =>
        new()
        {
            // RFC 8946 §3: "iat" and "orig" are kept, nothing else is copied.
            IssuedAt = earlier.Claims.IssuedAt,
            Orig = earlier.Claims.Orig,
            Dest = [to],
            Div = from,
            Opt = carryOriginal ? PassportWriter.Full(earlier.SigningInput.Span, earlier.Signature.Span) : null,
        };

    /// <summary>RFC 8224 §6.1 step 2: one signs only what one's certificate has authority over.</summary>
    private SigningKey? UsableKey(DateTimeOffset now, ClaimedIdentity subject, out SigningReason obstacle)
    {
        obstacle = SigningReason.NoKey;
        if (_keys.Current is not { } key)
        {
            return null;
        }

        StirCertificate certificate = key.Certificate;
        obstacle = SigningReason.KeyNotInValidity;
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return null;
        }

        obstacle = SigningReason.OutsideAuthority;
        bool covers =
            certificate.TnAuthList is { } list
            && (subject.IsUri ? list.ServiceProviderCodes.Count > 0 : list.Covers(subject.Value));
        return covers ? key : null;
    }

    internal static PassportToken? Read(ReadOnlyMemory<byte> value) =>
        IdentityHeaderReader.Read(value, out IdentityHeader header) == Fault.None
        && PassportReader.Read(header.Token, out PassportToken? passport) == Fault.None
            ? passport
            : null;
}
