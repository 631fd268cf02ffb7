using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Identities;

/// <summary>
/// Verifies the Identity headers of a trace as of the time of their frames (RFC 8224 §6.2), against given roots and given certificates:
/// what was valid then counts, and nothing is fetched. Not thread-safe.
/// </summary>
public sealed class IdentityVerifier : IDisposable
{
    // Legs of one call carry the same token under different Call-IDs: in a trace that is no replay.
    private static readonly VerificationOptions Policy = new() { RefuseReplays = false };

    private readonly FrameClock _clock = new();
    private readonly OfflineCertificates _certificates;
    private readonly VerificationService _service;

    /// <summary>Makes a verifier.</summary>
    /// <param name="roots">The roots of the STI-PA, or of whom else one trusts.</param>
    /// <param name="certificates">The signers' chains: what the x5u of the tokens would give.</param>
    public IdentityVerifier(TrustAnchors roots, IEnumerable<CertificateFile> certificates)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(certificates);
        _certificates = new OfflineCertificates(roots, certificates);
        _service = new VerificationService(_certificates, null, Policy, _clock);
    }

    /// <summary>Verifies a request; null where it carries no Identity, or the trace tells no time.</summary>
    public VerificationResult? Verify(TraceMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Request is not { } sip || request.Time <= 0 || !sip.Has(HeaderId.Identity))
        {
            return null;
        }

        _clock.Now = DateTimeOffset.UnixEpoch.AddTicks(request.Time / 100);
        _ = _service.TryVerify(Facts(sip), out var result);
        return result;
    }

    /// <summary>Checks the contact card that a response carries.</summary>
    internal CardCheck CheckCard(TraceMessage response) =>
        CardSignature.Check(
            RefusalDetails.CardToken(response),
            _certificates,
            DateTimeOffset.UnixEpoch.AddTicks(response.Time / 100)
        );

    /// <inheritdoc/>
    public void Dispose() => _certificates.Dispose();

    private static SignedCall Facts(SipRequest request) =>
        new()
        {
            Identities = [.. Values(request, HeaderId.Identity).SelectMany(SignedCall.Split)],
            RequestUri = Slice(request, request.RequestUri),
            To = UriOf(request, request.Value(HeaderId.To)),
            From = UriOf(request, request.Value(HeaderId.From)),
            AssertedIdentities = Asserted(request),
            Date = SipDate.TryParse(request.Value(HeaderId.Date), out var date) ? date : null,
            CallId = Slice(request, request.Value(HeaderId.CallId)),
        };

    private static List<ReadOnlyMemory<byte>> Values(SipRequest request, HeaderId id)
    {
        var values = new List<ReadOnlyMemory<byte>>();
        for (var at = request.IndexOf(id, 0); at >= 0; at = request.IndexOf(id, at + 1))
        {
            values.Add(Slice(request, request.Value(request.Headers[at])));
        }

        return values;
    }

    private static List<ReadOnlyMemory<byte>> Asserted(SipRequest request)
    {
        var uris = new List<ReadOnlyMemory<byte>>();
        foreach (var item in request.Items(HeaderId.PAssertedIdentity))
        {
            if (UriOf(request, item) is { IsEmpty: false } uri)
            {
                uris.Add(uri);
            }
        }

        return uris;
    }

    private static ReadOnlyMemory<byte> UriOf(SipRequest request, ReadOnlySpan<byte> item) =>
        NameAddr.TryParse(item, out var address) ? Slice(request, address.Uri) : default;

    private static ReadOnlyMemory<byte> Slice(SipRequest request, ReadOnlySpan<byte> part) =>
        request.Bytes.Overlaps(part, out var offset) ? request.Memory.Slice(offset, part.Length) : default;
}
