using System.Net;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>One server of a URI.</summary>
/// <param name="Peer">Transport, address and port.</param>
/// <param name="Host">
/// The host of the URI, not of any record that it led to: the name that a certificate must have (RFC 3263 §4.1, RFC 5922 §7.3).
/// </param>
public readonly record struct SipTarget(Peer Peer, string Host)
{
    /// <summary>The peer to send to: under TLS, one that has to prove that it is the host. An address is proved as such.</summary>
    public Peer Destination =>
        Peer.IsSecure && !IPAddress.TryParse(Host.Trim('[', ']'), out _) ? Peer with { Domain = Host } : Peer;
}
