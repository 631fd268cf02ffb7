using Ringfence.Edge.Telemetry;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// What of caller identity changes by itself: signing keys, the trust list, revocation lists, and whatever comes to its end. Off the
/// lanes, turn by turn.
/// </summary>
internal sealed class StirUpkeep(EdgeServices services, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
    private readonly StirAlarms _alarms = new(services.Log, clock);
    private SigningKeyFault _keyFault;

    internal async Task RunAsync(CancellationToken cancellation)
    {
        using var meters = new StirMeters(() => Endings(services.Stir), clock);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await TurnAsync(cancellation).ConfigureAwait(false);
        } while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Does what is due.</summary>
    internal async Task TurnAsync(CancellationToken cancellation)
    {
        if (services.Stir is not { } engine)
        {
            return;
        }

        TakeKey(engine.Configuration.Sign?.Keys);
        await TakeTrustListAsync(engine).ConfigureAwait(false);
        await TakeRevocationListsAsync(engine).ConfigureAwait(false);
        await LookAtPublicationAsync(engine, cancellation).ConfigureAwait(false);
        _alarms.Sound(Endings(engine));
    }

    /// <summary>Everything that ends: what signs, what is trusted, and the lists.</summary>
    internal static IEnumerable<StirEnding> Endings(StirEngine? engine)
    {
        if (engine is null)
        {
            yield break;
        }

        foreach (StirCertificate certificate in engine.Configuration.Sign?.Keys.Current?.Chain ?? [])
        {
            yield return new StirEnding("signer", certificate.Certificate.Subject, certificate.NotAfter);
        }

        foreach (var root in engine.Trust.Anchors.Roots)
        {
            yield return new StirEnding("root", root.Subject, new DateTimeOffset(root.NotAfter.ToUniversalTime()));
        }

        if (engine.Trust.List?.Expires is { } expires)
        {
            yield return new StirEnding("trust-list", engine.Configuration.TrustList!.Url.Host, expires);
        }

        foreach (RevocationList list in engine.Trust.Revocation?.Lists ?? [])
        {
            yield return new StirEnding("crl", list.IssuerName, list.NextUpdate);
        }
    }

    private void TakeKey(SigningKeyFiles? keys)
    {
        SigningKey? before = keys?.Current;
        SigningKeyFault fault = keys?.ReloadIfChanged() ?? SigningKeyFault.None;
        if (fault != SigningKeyFault.None && fault != _keyFault)
        {
            EdgeLog.SigningKeyRefused(services.Log, fault.ToString());
        }

        _keyFault = fault;
        if (keys?.Current is { } key && key != before)
        {
            StirLog.SigningKeyTaken(services.Log, key.Certificate.NotAfter);
        }
    }

    private async Task TakeTrustListAsync(StirEngine engine)
    {
        if (
            engine is not { Trust.List: { } list, Configuration.TrustList: { } source }
            || !IsDue(source.Url.AbsoluteUri)
        )
        {
            return;
        }

        TrustListOutcome outcome = await list.FetchAsync(source.Url).ConfigureAwait(false);
        bool isTaken = outcome is TrustListOutcome.Applied or TrustListOutcome.Unchanged;
        Done(source.Url.AbsoluteUri, isTaken, source.Refresh);
        if (outcome == TrustListOutcome.Applied)
        {
            StirLog.TrustListTaken(services.Log, list.Sequence, engine.Trust.Anchors.Roots.Count, list.Expires!.Value);
        }
        else if (!isTaken)
        {
            StirLog.TrustListNotTaken(services.Log, source.Url, outcome.ToString());
        }
    }

    private async Task TakeRevocationListsAsync(StirEngine engine)
    {
        if (engine is not { Trust.Refresh: { } refresh, Configuration.Revocation: { } source })
        {
            return;
        }

        foreach (Uri url in source.Urls.Where(url => IsDue(url.AbsoluteUri)))
        {
            Fault fault = await refresh.FetchAsync(url).ConfigureAwait(false);
            bool isNew = Done(url.AbsoluteUri, fault == Fault.None, source.Refresh);
            if (fault != Fault.None)
            {
                string reason = fault == Fault.RevocationListMissing ? "Untrusted" : fault.ToString();
                StirLog.RevocationListNotTaken(services.Log, url, reason);
            }
            else if (isNew)
            {
                StirLog.RevocationListTaken(services.Log, url);
            }
        }
    }

    /// <summary>Fetches the chain as verifiers do: what they do not find fails every signed call, and only they would notice.</summary>
    private async Task LookAtPublicationAsync(StirEngine engine, CancellationToken cancellation)
    {
        if (engine.Configuration.Sign?.Keys.Current is not { } key)
        {
            return;
        }

        // The first look is taken a turn later: the edge may be the one that serves the chain.
        if (_due.TryAdd(key.X5u, clock.GetUtcNow() + Every) || !IsDue(key.X5u))
        {
            return;
        }

        var options = new FetchOptions { TestHosts = engine.Configuration.TestHosts };
        using var source = new CertificateCache(new PathValidator(engine.Trust.Anchors), options, clock);
        Fault fault = await CertificatePublication.CheckAsync(key, source, cancellation).ConfigureAwait(false);
        Done(key.X5u, isTaken: true, Look);
        if (fault != Fault.None)
        {
            string reason = fault == Fault.SignatureInvalid ? "AnotherKey" : fault.ToString();
            StirLog.ChainNotPublished(services.Log, key.X5u, reason);
        }
    }

    private bool IsDue(string what) => !_due.TryGetValue(what, out DateTimeOffset due) || clock.GetUtcNow() >= due;

    /// <summary>Notes when it is due again.</summary>
    /// <returns>True the first time.</returns>
    private bool Done(string what, bool isTaken, TimeSpan refresh)
    {
        bool isNew = !_due.ContainsKey(what);
        _due[what] = clock.GetUtcNow() + (isTaken || refresh < Retry ? refresh : Retry);
        return isNew;
    }
}
