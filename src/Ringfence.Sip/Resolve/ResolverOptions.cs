using System.Net.Sockets;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>What this side can do, and so which of a domain's servers come into question.</summary>
public sealed record ResolverOptions
{
    /// <summary>Our transports, most liked first.</summary>
    public IReadOnlyList<TransportKind> Transports { get; init; } =
    [TransportKind.Udp, TransportKind.Tcp, TransportKind.Tls];

    /// <summary>Our address families, most liked first.</summary>
    public IReadOnlyList<AddressFamily> Families { get; init; } =
    [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    /// <summary>Targets of one URI; what a domain lists beyond them is ignored.</summary>
    public int MaxTargets { get; init; } = 16;

    /// <summary>How long a target that failed comes last (RFC 3263 §4.3).</summary>
    public TimeSpan DeadTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Targets that failed and are remembered.</summary>
    public int MaxDead { get; init; } = 1024;
}
