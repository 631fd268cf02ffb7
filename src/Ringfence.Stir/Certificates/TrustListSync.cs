using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>Keeps trust anchors in step with a policy administrator's signed list. The last good list stays when a worse one comes.</summary>
public sealed class TrustListSync : IDisposable
{
    private readonly TrustAnchors _anchors;
    private readonly X509Certificate2 _administrator;
    private readonly TimeProvider _time;
    private readonly DocumentFetcher _fetcher;
    private readonly DocumentStore _store;
    private readonly Lock _gate = new();

    /// <summary>Makes the synchronizer.</summary>
    /// <param name="anchors">The anchors to keep.</param>
    /// <param name="administrator">Whose signature counts.</param>
    /// <param name="sequence">Sequence of the last list known, so that a restart opens no way back; -1 for none.</param>
    /// <param name="options">
    /// Limits of fetching; a list is larger than a certificate. In its folder the list in use is kept, and taken up again at once.
    /// </param>
    /// <param name="time">The clock.</param>
    public TrustListSync(
        TrustAnchors anchors,
        X509Certificate2 administrator,
        long sequence,
        FetchOptions options,
        TimeProvider time
    )
    {
        _anchors = anchors;
        _administrator = administrator;
        Sequence = sequence;
        _time = time;
        ArgumentNullException.ThrowIfNull(administrator);
        ArgumentNullException.ThrowIfNull(options);
        _fetcher = new DocumentFetcher(options, time);
        _store = new DocumentStore(options.DiskFolder, ".jws");
        Restore();
    }

    /// <summary>Sequence of the list in use, to be kept over a restart; -1 for none.</summary>
    public long Sequence { get; private set; }

    /// <summary>When the list in use expires; after that a new one is overdue and an alarm is due.</summary>
    public DateTimeOffset? Expires { get; private set; }

    /// <summary>Takes a list in use if it is better than the present one.</summary>
    /// <param name="jws">The list.</param>
    public TrustListOutcome Apply(ReadOnlySpan<byte> jws)
    {
        if (!TrustList.TryRead(jws, out TrustList? list))
        {
            return TrustListOutcome.Malformed;
        }

        if (!list!.IsSignedBy(_administrator))
        {
            return TrustListOutcome.Untrusted;
        }

        if (list.Expires <= _time.GetUtcNow())
        {
            return TrustListOutcome.Expired;
        }

        lock (_gate)
        {
            if (list.Sequence < Sequence)
            {
                return TrustListOutcome.RolledBack;
            }

            if (list.Sequence == Sequence && Expires is not null)
            {
                return TrustListOutcome.Unchanged;
            }

            Sequence = list.Sequence;
            Expires = list.Expires;
            _anchors.Replace(list.Roots);
            _store.Store(_administrator.Thumbprint, jws);
            return TrustListOutcome.Applied;
        }
    }

    /// <summary>Fetches a list and applies it.</summary>
    /// <param name="url">Where the administrator publishes it.</param>
    public async Task<TrustListOutcome> FetchAsync(Uri url)
    {
        FetchedDocument document = await _fetcher.FetchAsync(url).ConfigureAwait(false);
        return document.Fault == Fault.None ? Apply(document.Content) : TrustListOutcome.Unreachable;
    }

    /// <summary>An expired list is not used any more, but its sequence still counts: none before it may come back.</summary>
    private void Restore()
    {
        if (
            _store.Load(_administrator.Thumbprint) is { } stored
            && Apply(stored) == TrustListOutcome.Expired
            && TrustList.TryRead(stored, out TrustList? list)
        )
        {
            Sequence = Math.Max(Sequence, list!.Sequence);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();
}
