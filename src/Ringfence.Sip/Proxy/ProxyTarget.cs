using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>One place that a request may be forwarded to (RFC 3261 §16.5).</summary>
/// <param name="Destination">Where it is sent.</param>
/// <param name="RequestUri">The Request-URI to put in; empty to keep the received one.</param>
public readonly record struct ProxyTarget(Peer Destination, ReadOnlyMemory<byte> RequestUri = default)
{
    /// <summary>The place that a URI names; one without user keeps the received Request-URI.</summary>
    /// <exception cref="ArgumentException">It is no SIP URI, or its host is a name: nothing is looked up here.</exception>
    public static ProxyTarget At(string uri)
    {
        var target = UriTarget.Of(uri, nameof(uri));
        bool hasUser = uri.Contains('@', StringComparison.Ordinal);
        return new ProxyTarget(target.Destination, hasUser ? target.RequestUri : default);
    }
}
