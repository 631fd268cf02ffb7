using System.Net;
using System.Net.Sockets;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>Fetches one document within its limits of size and time; whatever the host does, the result is a value.</summary>
internal sealed class DocumentFetcher(FetchOptions options, TimeProvider time) : IDisposable
{
    private static readonly string[] ForeignTypes = ["text/html", "application/json", "application/xml", "text/xml"];

    private readonly HttpClient _client = GuardedConnection.Create(options);
    private int _underWay;

    public async Task<FetchedDocument> FetchAsync(Uri url)
    {
        if (Interlocked.Increment(ref _underWay) > options.MaximumConcurrent)
        {
            Interlocked.Decrement(ref _underWay);
            return FetchedDocument.Failed(Fault.FetchRateLimited);
        }

        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);

        // The HTTP client reports every failure of a host as an exception; this is where they become values.
        try
        {
            return await FetchAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return FetchedDocument.Failed(Fault.FetchTimeout);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return FetchedDocument.Failed(Reason(request, failure));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<FetchedDocument> FetchAsync(HttpRequestMessage request, CancellationToken deadline)
    {
        using HttpResponseMessage response = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline)
            .ConfigureAwait(false);
        Fault fault = CheckHead(response);
        if (fault != Fault.None)
        {
            return FetchedDocument.Failed(fault);
        }

        // One octet more than the limit tells a document that ends there from one that goes on.
        var buffer = new byte[
            (int)Math.Min(response.Content.Headers.ContentLength ?? options.MaximumBytes, options.MaximumBytes) + 1
        ];
        using Stream body = await response.Content.ReadAsStreamAsync(deadline).ConfigureAwait(false);
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline)
            .ConfigureAwait(false);
        return read > options.MaximumBytes
            ? FetchedDocument.Failed(Fault.FetchTooLarge)
            : new FetchedDocument(Fault.None, buffer[..read], Lifetime(response));
    }

    private Fault CheckHead(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            return Fault.FetchRedirect;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Fault.FetchStatus;
        }

        if (response.Content.Headers.ContentLength > options.MaximumBytes)
        {
            return Fault.FetchTooLarge;
        }

        // Hosts send certificates under many types (a PEM as text/plain, as octets, or as none); a page or an API's error is none of them.
        string? type = response.Content.Headers.ContentType?.MediaType;
        return ForeignTypes.Contains(type, StringComparer.OrdinalIgnoreCase) ? Fault.FetchType : Fault.None;
    }

    private static TimeSpan? Lifetime(HttpResponseMessage response)
    {
        var control = response.Headers.CacheControl;
        if (control is { NoStore: true } or { NoCache: true })
        {
            return TimeSpan.Zero;
        }

        TimeSpan? age = response.Headers.Age;
        return control?.MaxAge is { } maximum ? maximum - (age ?? TimeSpan.Zero) : null;
    }

    private static Fault Reason(HttpRequestMessage request, Exception failure)
    {
        if (request.Options.TryGetValue(GuardedConnection.Refusal, out Fault refusal))
        {
            return refusal;
        }

        return (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Fault.FetchName,
            HttpRequestError.SecureConnectionError => Fault.FetchTls,
            HttpRequestError.ConfigurationLimitExceeded => Fault.FetchTooLarge,
            _ when failure.InnerException
                    is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } =>
                Fault.FetchName,
            _ => Fault.FetchConnect,
        };
    }
}
