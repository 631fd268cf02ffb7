using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;

namespace Ringfence.Stir.Verification;

/// <summary>
/// Verifies the Identity headers of a request (RFC 8224 §6.2, RFC 8946 §4.2, ATIS-1000074 §5.3), each on its own and the cheapest checks
/// first. Safe for any number of threads.
/// </summary>
public sealed class VerificationService
{
    private readonly ICertificateSource _source;
    private readonly RevocationLists? _revocation;
    private readonly VerificationOptions _options;
    private readonly TimeProvider _time;
    private readonly ReplayCache _replays;

    /// <summary>Makes a service.</summary>
    /// <param name="source">Where certificates come from.</param>
    /// <param name="revocation">Revocation lists, or null to look at none.</param>
    /// <param name="options">The policy.</param>
    /// <param name="time">The clock.</param>
    public VerificationService(
        ICertificateSource source,
        RevocationLists? revocation,
        VerificationOptions options,
        TimeProvider time
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            options.MaximumIdentities,
            DiversionChains.MaximumIdentities - 1
        );
        _source = source;
        _revocation = revocation;
        _options = options;
        _time = time;

        // A token is remembered until it is stale on either side of now.
        _replays = new ReplayCache(options.ReplayCapacity, options.Freshness * 2, time);
    }

    /// <summary>Verifies without waiting: the way of a call whose signers' certificates are at hand.</summary>
    /// <param name="call">The request.</param>
    /// <param name="result">The verdict, when there is one.</param>
    /// <returns>False when a certificate has to be fetched first: then <see cref="VerifyAsync"/> does it all.</returns>
    public bool TryVerify(SignedCall call, out VerificationResult? result)
    {
        result = null;
        Prepared prepared = Prepare(call);
        foreach (IdentityCheck check in prepared.Checks)
        {
            if (!check.IsOpen)
            {
                continue;
            }

            if (!_source.TryGet(check.Passport!.X5u, out CertificateLookup lookup))
            {
                return false;
            }

            check.Lookup = lookup;
        }

        result = Finish(prepared);
        return true;
    }

    /// <summary>Verifies, fetching certificates where needed.</summary>
    /// <param name="call">The request.</param>
    /// <param name="cancellation">Ends the wait: what is not there by then is <see cref="Fault.FetchPending"/>, and its fetch goes on.</param>
    public async Task<VerificationResult> VerifyAsync(SignedCall call, CancellationToken cancellation)
    {
        Prepared prepared = Prepare(call);
        IdentityCheck[] open = [.. prepared.Checks.Where(check => check.IsOpen)];
        CertificateLookup[] lookups = await Task.WhenAll(
                open.Select(check => _source.GetAsync(check.Passport!.X5u, cancellation))
            )
            .ConfigureAwait(false);
        for (int at = 0; at < open.Length; at++)
        {
            open[at].Lookup = lookups[at];
        }

        return Finish(prepared);
    }

    /// <summary>
    /// Takes back that a call used its tokens: it was refused or given up before an answer. Whoever then tries another route sends the
    /// same tokens under a new Call-ID, and that is a retry and no replay.
    /// </summary>
    /// <param name="result">The verdict on the call that came to nothing.</param>
    public void Release(VerificationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (IdentityResult identity in result.Identities)
        {
            if (identity is { HasPassed: true, Passport: { } passport, Certificate: { } certificate })
            {
                _replays.Forget(passport, certificate.KeyHash);
            }
        }
    }

    private Prepared Prepare(SignedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        DateTimeOffset now = _time.GetUtcNow();
        var identities = new CallIdentities(call);
        List<IdentityCheck> checks = IdentityReading.Read(call, identities, _options, _time);
        CallBinding.Check(checks, call, identities, _options, _source, now);
        return new Prepared(call, identities, checks, now);
    }

    private VerificationResult Finish(Prepared prepared)
    {
        List<IdentityCheck> checks = prepared.Checks;
        foreach (IdentityCheck check in checks)
        {
            if (check.IsOpen)
            {
                CredentialChecks.Check(check, _options, _revocation, prepared.Now);
            }
        }

        CheckChains(checks);
        foreach (IdentityCheck check in checks)
        {
            if (check is { IsOpen: true, IsDiversion: false })
            {
                CheckReplay(check, prepared.Call);
            }
        }

        return new VerificationResult(prepared.Identities, checks, prepared.Now);
    }

    private static void CheckChains(List<IdentityCheck> checks)
    {
        if (!checks.Exists(check => check.IsDiversion || check.NeedsDiversion))
        {
            return;
        }

        var chains = new DiversionChains(checks);
        var open = checks.ConvertAll(check => check.IsOpen);
        bool Holds(IdentityCheck check) => open[checks.IndexOf(check)];
        for (int at = 0; at < checks.Count; at++)
        {
            IdentityCheck check = checks[at];
            if (open[at] && check.IsDiversion)
            {
                check.Take(VerificationRule.Chain, chains.ReachesFirst(at, Holds) ? Fault.None : Fault.ChainLinkFailed);
            }
            else if (open[at] && check.NeedsDiversion)
            {
                check.Take(
                    VerificationRule.Chain,
                    chains.ReachesTarget(at, Holds) ? Fault.None : Fault.ChainDiversionFailed
                );
            }
        }
    }

    private void CheckReplay(IdentityCheck check, SignedCall call)
    {
        bool first = _replays.TryNote(check.Passport!, check.Lookup.Path!.Leaf.KeyHash, call.CallId.Span);
        check.Take(VerificationRule.Replay, first || !_options.RefuseReplays ? Fault.None : Fault.Replayed);
    }

    private readonly record struct Prepared(
        SignedCall Call,
        CallIdentities Identities,
        List<IdentityCheck> Checks,
        DateTimeOffset Now
    );
}
