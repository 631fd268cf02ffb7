using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>One place that a request may be forwarded to (RFC 3261 §16.5).</summary>
/// <param name="Destination">Where it is sent.</param>
/// <param name="RequestUri">The Request-URI to put in; empty to keep the received one.</param>
public readonly record struct ProxyTarget(Peer Destination, ReadOnlyMemory<byte> RequestUri = default);
