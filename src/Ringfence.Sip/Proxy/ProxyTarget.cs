using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>One place that a request may be forwarded to (RFC 3261 §16.5).</summary>
/// <param name="Destination">Where it is sent.</param>
/// <param name="RequestUri">The Request-URI to put in; empty to keep the received one.</param>
public readonly record struct ProxyTarget(Peer Destination, ReadOnlyMemory<byte> RequestUri = default)
{
    /// <summary>
    /// Further addresses of the same place: each is tried when the one before it cannot be reached, does not answer or answers 503
    /// (RFC 3263 §4.3). Null for none.
    /// </summary>
    public IReadOnlyList<Peer>? Others { get; init; }

    /// <summary>Route values to put on top, such as the Path of a registered contact (RFC 3327 §5.4); empty for none.</summary>
    public ReadOnlyMemory<byte> Route { get; init; }

    /// <summary>
    /// True when the place can only be reached the way that it came, from behind a NAT or by its own connection: requests within the
    /// dialog then go there whatever Contact says (RFC 5626 §5.3). Browsers always are such.
    /// </summary>
    public bool KeepFlow { get; init; }

    /// <summary>Who we are to this place, should it challenge; null: its challenge goes to the caller.</summary>
    public DigestLogin? Login { get; init; }

    /// <summary>The place that a URI names; one without user keeps the received Request-URI.</summary>
    /// <exception cref="ArgumentException">It is no SIP URI, or its host is a name: nothing is looked up here.</exception>
    public static ProxyTarget At(string uri)
    {
        var target = UriTarget.Of(uri, nameof(uri));
        bool hasUser = uri.Contains('@', StringComparison.Ordinal);
        return new ProxyTarget(target.Destination, hasUser ? target.RequestUri : default);
    }
}
