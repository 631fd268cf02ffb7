using System.Net;
using Ringfence.Sip.Transport;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads <c>listen</c>, and <c>tls</c> with it: a listener that needs a certificate has one, or there is a mistake.</summary>
internal static class ListenReader
{
    private const string Example = "udp:0.0.0.0:5060";

    internal static List<ListenAddress> Read(
        YamlMap map,
        string folder,
        IReadOnlyList<TrunkConfiguration> trunks,
        IReadOnlyList<RouteConfiguration> routes,
        Mistakes mistakes
    )
    {
        TlsOptions? tls = TlsReader.Read(map.Get("tls"), folder, trunks, mistakes);
        List<ListenAddress> listen = [];
        foreach ((string text, YamlNode node) in map.Texts("listen", Example))
        {
            if (!ListenAddress.TryParse(text, out ListenAddress address, out string error))
            {
                mistakes.Add(node, error.TrimEnd('.'), $"for instance {Example}");
            }
            else if (address.Kind is TransportKind.Tls or TransportKind.Wss && map.Get("tls") is null)
            {
                mistakes.Add(
                    node,
                    $"\"{text}\" needs a certificate",
                    "add tls: { certificate: edge.pem, key: edge.key }"
                );
            }
            else
            {
                listen.Add(address with { Tls = OptionsOf(address.Kind, tls) });
            }
        }

        if (listen.Count == 0 && map.Get("listen") is null)
        {
            var loopback = new IPEndPoint(IPAddress.Loopback, 5060);
            listen = [new ListenAddress(TransportKind.Udp, loopback), new ListenAddress(TransportKind.Tcp, loopback)];
        }

        if (!listen.Exists(address => address.Kind == TransportKind.Tls))
        {
            CheckTls(trunks, routes, map, mistakes);
        }

        return listen;
    }

    /// <summary>A browser has no certificate of its own, and would ask its user for one.</summary>
    private static TlsOptions? OptionsOf(TransportKind kind, TlsOptions? tls) =>
        kind switch
        {
            TransportKind.Tls => tls,
            TransportKind.Wss when tls is not null => tls with { Clients = ClientCertificate.None },
            _ => null,
        };

    /// <summary>What needs a TLS listener, by which connections are opened as well as taken.</summary>
    private static void CheckTls(
        IReadOnlyList<TrunkConfiguration> trunks,
        IReadOnlyList<RouteConfiguration> routes,
        YamlMap map,
        Mistakes mistakes
    )
    {
        const string remedy = "add \"tls:0.0.0.0:5061\" to listen";
        if (trunks.FirstOrDefault(trunk => trunk.CertificateNames.Count > 0) is { } proven)
        {
            mistakes.Add(
                map.Get("trunks")!,
                $"trunk \"{proven.Name}\" is known by its certificate, but nothing listens for TLS",
                remedy
            );
        }

        TargetConfiguration? target = routes
            .SelectMany(route => route.Targets)
            .FirstOrDefault(target => target.Transport == TransportKind.Tls);
        if (target is not null)
        {
            mistakes.Add(
                map.Get("routes")!,
                $"\"{target.Uri}\" is reached by TLS, but nothing listens for it: whose certificate is to be shown?",
                remedy
            );
        }
    }
}
