using System.Net;
using System.Net.Sockets;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Routing;

/// <summary>One neighbour at work: its networks as numbers, and the rate that it is admitted at.</summary>
public sealed class Trunk
{
    /// <summary>A larger network than this is no neighbour's.</summary>
    private const int LeastPrefix = 8;

    private readonly (UInt128 Network, UInt128 Mask, int Port)[] _sources;
    private readonly TokenBucket? _rate;

    /// <summary>A trunk as configured.</summary>
    public Trunk(TrunkConfiguration configuration, TimeProvider clock)
    {
        Configuration = configuration;
        _sources = [.. configuration.From.Select(ToNumbers)];
        _rate = configuration.CallsPerSecond > 0 ? new TokenBucket(configuration.CallsPerSecond, clock) : null;
    }

    /// <summary>What it was configured with.</summary>
    public TrunkConfiguration Configuration { get; }

    /// <summary>Its name.</summary>
    public string Name => Configuration.Name;

    /// <summary>
    /// True when the address is one of its sources, and, for a trunk that is known by its certificate, the connection's has proved one
    /// of its names (RFC 5922 §7.4). Such a trunk needs no addresses.
    /// </summary>
    public bool Holds(in Peer peer)
    {
        IReadOnlyList<string> names = Configuration.CertificateNames;
        if (names.Count > 0)
        {
            bool isProven =
                peer is { Kind: TransportKind.Tls, Connection: not 0, Domain: { } domain }
                && names.Contains(domain, StringComparer.OrdinalIgnoreCase);
            if (!isProven || _sources.Length == 0)
            {
                return isProven;
            }
        }

        foreach ((UInt128, UInt128, int) source in _sources)
        {
            if (IsWithin(source, peer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True when a 3xx may send a call to this address: one of its own, not of the networks that hold everybody or that users come from.
    /// </summary>
    public bool MayBeRedirectedTo(in Peer peer)
    {
        if (Configuration.Authenticate == AuthenticateMode.Users)
        {
            return false;
        }

        for (int i = 0; i < _sources.Length; i++)
        {
            if (Configuration.From[i].Network.PrefixLength >= LeastPrefix && IsWithin(_sources[i], peer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes one call from the trunk's rate; false when it is used up.</summary>
    public bool TryAdmit() => _rate is null || _rate.TryTake();

    private static bool IsWithin((UInt128 Network, UInt128 Mask, int Port) source, in Peer peer) =>
        (peer.Address & source.Mask) == source.Network && (source.Port == 0 || source.Port == peer.Port);

    private static (UInt128 Network, UInt128 Mask, int Port) ToNumbers(TrunkSource source)
    {
        IPNetwork network = source.Network;
        bool isV4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        int free = (isV4 ? 32 : 128) - network.PrefixLength;
        UInt128 mask = free == 128 ? UInt128.Zero : UInt128.MaxValue << free;
        return (Peer.ToNumber(network.BaseAddress) & mask, mask, source.Port);
    }
}
