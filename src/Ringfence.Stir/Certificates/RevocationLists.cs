using System.Security.Cryptography.X509Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Certificates;

/// <summary>The revocation lists at hand, each from an authority that is configured to issue them.</summary>
public sealed class RevocationLists
{
    private readonly X509Certificate2[] _authorities;
    private readonly Lock _gate = new();
    private volatile RevocationList[] _lists = [];

    /// <summary>Makes the set.</summary>
    /// <param name="authorities">Certificates of those whose lists are believed: the STI-PA, and authorities that issue their own.</param>
    public RevocationLists(IEnumerable<X509Certificate2> authorities) => _authorities = [.. authorities];

    /// <summary>How a list that is missing or outdated is taken.</summary>
    public RevocationPolicy Policy { get; init; } = RevocationPolicy.WhenKnown;

    /// <summary>How long after its next update a list is still believed, when its authority cannot be reached.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The lists now in use.</summary>
    public IReadOnlyList<RevocationList> Lists => _lists;

    /// <summary>Takes a list in place of an older one of the same issuer.</summary>
    /// <param name="content">DER or PEM.</param>
    /// <returns>False when it cannot be read, is signed by nobody configured, or is older than the one at hand.</returns>
    public bool TryAdd(ReadOnlySpan<byte> content)
    {
        if (!RevocationList.TryRead(content, out RevocationList? list) || !Array.Exists(_authorities, list!.IsSignedBy))
        {
            return false;
        }

        lock (_gate)
        {
            RevocationList? present = Array.Find(_lists, known => known.Issuer.Span.SequenceEqual(list.Issuer.Span));
            if (present is not null && (list.Number < present.Number || list.ThisUpdate < present.ThisUpdate))
            {
                return false;
            }

            _lists = [.. _lists.Where(known => known != present), list];
            return true;
        }
    }

    /// <summary>Whether a path holds by the lists.</summary>
    /// <param name="path">Signer first.</param>
    /// <param name="now">Now.</param>
    public Fault Check(CertificatePath path, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Policy == RevocationPolicy.Off)
        {
            return Fault.None;
        }

        RevocationList[] lists = _lists;
        if (path.Revocation is { } known && known.Owner == this && known.Lists == lists && now <= known.Until)
        {
            return known.Fault;
        }

        Fault fault = Ask(lists, path, now);
        DateTimeOffset until = DateTimeOffset.MaxValue;
        foreach (RevocationList list in lists)
        {
            DateTimeOffset end = list.NextUpdate + Grace;
            until = end >= now && end < until ? end : until;
        }

        path.Revocation = new RevocationVerdict(lists, this, fault, until);
        return fault;
    }

    private Fault Ask(RevocationList[] lists, CertificatePath path, DateTimeOffset now)
    {
        for (int at = 0; at < path.Certificates.Count; at++)
        {
            X509Certificate2 certificate = path.Certificates[at].Certificate;
            ReadOnlySpan<byte> issuer = certificate.IssuerName.RawData;
            if (at > 0 && issuer.SequenceEqual(certificate.SubjectName.RawData))
            {
                continue;
            }

            Fault fault = Ask(lists, issuer, certificate.SerialNumberBytes.Span, now);
            if (fault == Fault.CertificateRevoked && at > 0)
            {
                return Fault.IssuerRevoked;
            }

            // An authority's own list is the root's affair; that the signer has none is ours.
            if (fault != Fault.None && (at == 0 || fault == Fault.CertificateRevoked))
            {
                return fault;
            }
        }

        return Fault.None;
    }

    private Fault Ask(RevocationList[] lists, ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial, DateTimeOffset now)
    {
        Fault best = Fault.RevocationListMissing;
        foreach (RevocationList list in lists)
        {
            if (!list.Covers(issuer))
            {
                continue;
            }

            // Even an outdated list is right about what it revokes.
            if (list.IsRevoked(issuer, serial))
            {
                return Fault.CertificateRevoked;
            }

            best =
                now <= list.NextUpdate + Grace ? Fault.None
                : best == Fault.None ? best
                : Fault.RevocationListStale;
        }

        return Policy == RevocationPolicy.Required ? best : Fault.None;
    }
}
