using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Telemetry;
using Ringfence.Screening.Refusal;
using Ringfence.Sip.Messages;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Fault = Ringfence.Stir.Verification.Fault;

namespace Ringfence.Edge.Redress;

/// <summary>
/// Our calls that others rejected with 608: fetches the signed jCard, checks it, and notes whom to contact (RFC 8688 §3.3). All
/// of it away from the calls, by the rules of "x5u": the address is another's word.
/// </summary>
internal sealed class ReceivedCards(EvidenceWriter writer, ILogger log, TimeProvider clock) : IAsyncDisposable
{
    private const int MaxUnderWay = 64;
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private Trusted? _trusted;

    /// <summary>Takes the roots of signers from the section <c>stir</c>; without it nobody's jCard can be believed.</summary>
    /// <remarks>What was in force before may be fetching on another thread: it is left to the collector.</remarks>
    internal void Trust(StirConfiguration? stir) =>
        Volatile.Write(ref _trusted, stir is null ? null : new Trusted(stir, clock));

    /// <summary>Looks whether a refusal leads to a jCard; returns at once.</summary>
    internal void Look(SipResponse? response, string callId)
    {
        if (response is not { StatusCode: 608 } || CardOf(response) is not { } address)
        {
            return;
        }

        if (_underWay.Count >= MaxUnderWay)
        {
            EdgeLog.CardRefused(log, callId, "too many are being fetched");
            return;
        }

        Task task = Task.Run(() => TakeAsync(address, callId));
        _underWay.TryAdd(task, 0);
        _ = task.ContinueWith(done => _underWay.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>Waits for what is being fetched.</summary>
    internal Task FinishAsync() => Task.WhenAll(_underWay.Keys);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await FinishAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _trusted?.Dispose();
    }

    private static string? CardOf(SipResponse response)
    {
        foreach (ReadOnlySpan<byte> item in response.Items(HeaderId.CallInfo))
        {
            if (CallInfo.TryParse(item, out CallInfo info) && Ascii.Equals(info.Purpose, "jwscard"u8))
            {
                return Encoding.UTF8.GetString(info.Uri);
            }
        }

        return null;
    }

    private async Task TakeAsync(string address, string callId)
    {
        (string fault, string signer, RedressContact? contact) = Volatile.Read(ref _trusted) is { } trusted
            ? await ReadAsync(trusted, address).ConfigureAwait(false)
            : ("nobody's signature is trusted: there is no section stir", "", null);
        if (contact is null)
        {
            EdgeLog.CardRefused(log, callId, fault);
        }
        else
        {
            string reach =
                contact.Url?.AbsoluteUri ?? contact.Tel ?? contact.Email ?? string.Join(", ", contact.Address ?? []);
            EdgeLog.RejectedBy(log, callId, contact.Name, signer, reach);
        }

        string at = EvidenceStore.Text(clock.GetUtcNow());
        writer.Add(transaction =>
            ((IDbConnection)transaction.Connection!).Execute(
                "INSERT OR REPLACE INTO received_cards VALUES (@callId, @at, @fault, @signer, @name, @url, @email, @tel)",
                new
                {
                    callId,
                    at,
                    fault,
                    signer,
                    name = contact?.Name ?? "",
                    url = contact?.Url?.AbsoluteUri ?? "",
                    email = contact?.Email ?? "",
                    tel = contact?.Tel ?? "",
                },
                transaction
            )
        );
    }

    private async Task<(string Fault, string Signer, RedressContact? Contact)> ReadAsync(
        Trusted trusted,
        string address
    )
    {
        (Fault fetched, byte[] content) = await trusted.Fetch.FetchAsync(address).ConfigureAwait(false);
        if (fetched != Fault.None)
        {
            return ($"not fetched: {fetched}", "", null);
        }

        if (ReceivedJCard.Parse(Encoding.UTF8.GetString(content), out JCardFault fault) is not { } card)
        {
            return (fault.ToString(), "", null);
        }

        string x5u = card.Certificate.OriginalString;
        Fault url = trusted.Certificates.CheckUrl(x5u);
        if (url != Fault.None)
        {
            return ($"certificate: {url}", "", null);
        }

        CertificateLookup lookup = await trusted
            .Certificates.GetAsync(x5u, CancellationToken.None)
            .ConfigureAwait(false);
        if (lookup.Fault != Fault.None || lookup.Path is not { Fault: Fault.None } path)
        {
            Fault wrong = lookup.Fault != Fault.None ? lookup.Fault : lookup.Path!.Fault;
            return ($"certificate: {wrong}", "", null);
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (now < path.NotBefore || now > path.NotAfter)
        {
            return ("certificate: not valid now", "", null);
        }

        using ECDsa? key = path.Leaf.Certificate.GetECDsaPublicKey();
        JCardFault held = key is null ? JCardFault.Unsupported : card.Check(key, now);
        return held == JCardFault.None ? ("", path.Leaf.Signer, card.Contact) : (held.ToString(), "", null);
    }

    /// <summary>What the roots of one configuration make of signers.</summary>
    private sealed class Trusted : IDisposable
    {
        internal Trusted(StirConfiguration stir, TimeProvider clock)
        {
            var options = new FetchOptions { TestHosts = stir.TestHosts, MaximumConcurrent = MaxUnderWay };
            Certificates = new CertificateCache(new PathValidator(new TrustAnchors(stir.Roots)), options, clock);
            Fetch = new GuardedFetch(options, clock);
        }

        internal CertificateCache Certificates { get; }

        internal GuardedFetch Fetch { get; }

        public void Dispose()
        {
            Certificates.Dispose();
            Fetch.Dispose();
        }
    }
}
