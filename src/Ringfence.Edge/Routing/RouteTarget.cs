using System.Net;
using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Routing;

/// <summary>
/// One target: where its requests go. A host name is looked up for each call, away from the lanes; when the name servers are
/// silent, what they said last is what counts.
/// </summary>
public sealed class RouteTarget
{
    private IReadOnlyList<Peer> _known = [];

    /// <summary>A target as configured.</summary>
    public RouteTarget(TargetConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        if (IPAddress.TryParse(configuration.Host, out IPAddress? address))
        {
            _known = [Peer.From(configuration.Transport, new IPEndPoint(address, configuration.Port))];
        }
        else
        {
            NeedsLookup = !configuration.IsRegistered;
        }

        string rest = configuration.Uri[(configuration.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
        Where = rest[(rest.LastIndexOf('@') + 1)..];
        Scheme = configuration.Uri.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) ? "sips:" : "sip:";
        LookupUri = Encoding.UTF8.GetBytes(Scheme + Where);
    }

    /// <summary>What it was configured with.</summary>
    public TargetConfiguration Configuration { get; }

    /// <summary>True when the host is a name.</summary>
    public bool NeedsLookup { get; }

    /// <summary>Its URI without a user: what is looked up (RFC 3263 §4).</summary>
    public ReadOnlyMemory<byte> LookupUri { get; }

    /// <summary>Its addresses as they were last found, in the order to try; empty while none is known.</summary>
    public IReadOnlyList<Peer> Known => Volatile.Read(ref _known);

    private string Scheme { get; }

    /// <summary>Host, port and parameters as written.</summary>
    private string Where { get; }

    /// <summary>Takes note of what was found.</summary>
    public void Found(IReadOnlyList<Peer> peers) => Volatile.Write(ref _known, peers);

    /// <summary>The Request-URI for a call: the target's own user, or the called one.</summary>
    public byte[] RequestUri(ReadOnlySpan<byte> callee)
    {
        ReadOnlySpan<byte> user = Configuration.User is { } own ? Encoding.UTF8.GetBytes(own) : callee;
        byte[] rest = Encoding.UTF8.GetBytes("@" + (NeedsLookup ? Where : Address));
        return [.. Encoding.UTF8.GetBytes(Scheme), .. user, .. user.IsEmpty ? rest.AsSpan(1) : rest];
    }

    private string Address
    {
        get
        {
            string host = Configuration.Host.Contains(':', StringComparison.Ordinal)
                ? $"[{Configuration.Host}]"
                : Configuration.Host;
            string transport = Configuration.Transport switch
            {
                TransportKind.Tcp => ";transport=tcp",
                TransportKind.Tls when Scheme == "sip:" => ";transport=tls",
                _ => "",
            };
            return $"{host}:{Configuration.Port}{transport}";
        }
    }
}
