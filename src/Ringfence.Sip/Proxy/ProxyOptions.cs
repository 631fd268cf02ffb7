using Ringfence.Sip.Resolve;

namespace Ringfence.Sip.Proxy;

/// <summary>What a lane's proxy works with.</summary>
public sealed record ProxyOptions
{
    /// <summary>
    /// The key of the marks in recorded routes: 16 secret bytes. With the same key after a restart, and on every node, calls under way
    /// go on; empty for one that only this process knows.
    /// </summary>
    public ReadOnlyMemory<byte> RouteKey { get; init; }

    /// <summary>
    /// Finds the hosts that requests within dialogs name, and remembers which targets failed; null where only addresses are served.
    /// </summary>
    public LaneResolver? Resolver { get; init; }
}
