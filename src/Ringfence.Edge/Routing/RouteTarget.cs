using System.Net;
using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Routing;

/// <summary>
/// One target: where its requests go now. A host name is looked up off the call's path; until it is known, and while it cannot
/// be found, the target is left out.
/// </summary>
public sealed class RouteTarget
{
    private StrongBox? _peer;

    /// <summary>A target as configured.</summary>
    public RouteTarget(TargetConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        if (IPAddress.TryParse(configuration.Host, out IPAddress? address))
        {
            Found(address);
        }
        else
        {
            NeedsLookup = true;
        }
    }

    /// <summary>What it was configured with.</summary>
    public TargetConfiguration Configuration { get; }

    /// <summary>True when the host is a name.</summary>
    public bool NeedsLookup { get; }

    /// <summary>Where requests go; null while the address is not known.</summary>
    public Peer? Peer => Volatile.Read(ref _peer)?.Value;

    /// <summary>Takes note of the host's address.</summary>
    public void Found(IPAddress address) =>
        Volatile.Write(
            ref _peer,
            new StrongBox(Sip.Transport.Peer.From(Configuration.Transport, new IPEndPoint(address, Configuration.Port)))
        );

    /// <summary>The Request-URI for a call: the target's own user, or the called one.</summary>
    public byte[] RequestUri(ReadOnlySpan<byte> callee)
    {
        string host = Configuration.Host.Contains(':', StringComparison.Ordinal)
            ? $"[{Configuration.Host}]"
            : Configuration.Host;
        byte[] rest = Encoding.UTF8.GetBytes(
            $"@{host}:{Configuration.Port}{(Configuration.Transport == TransportKind.Tcp ? ";transport=tcp" : "")}"
        );
        ReadOnlySpan<byte> user = Configuration.User is { } own ? Encoding.UTF8.GetBytes(own) : callee;
        return [.. "sip:"u8, .. user, .. user.IsEmpty ? rest.AsSpan(1) : rest];
    }

    /// <summary>A peer behind a reference, so that it is exchanged whole.</summary>
    private sealed class StrongBox(Peer value)
    {
        internal Peer Value => value;
    }
}
