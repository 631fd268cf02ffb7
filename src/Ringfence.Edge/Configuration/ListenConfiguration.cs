using System.Net;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Configuration;

/// <summary>One address that the edge listens on.</summary>
public sealed record ListenConfiguration(TransportKind Transport, IPEndPoint EndPoint)
{
    /// <summary>As written in the file: <c>udp:0.0.0.0:5060</c>.</summary>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{EndPoint}";
}
