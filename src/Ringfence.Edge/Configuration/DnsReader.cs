using System.Net;
using Ringfence.Sip.Resolve;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads the section <c>dns</c>: which name servers are asked; without it, those of the system.</summary>
internal static class DnsReader
{
    private const int DnsPort = 53;

    internal static DnsOptions? Read(YamlNode? node, Mistakes mistakes)
    {
        if (node is null)
        {
            return null;
        }

        YamlMap map = YamlMap.From(node, "dns", "{ servers: [ 192.0.2.53 ] }", mistakes);
        List<IPEndPoint> servers = [];
        foreach ((string text, YamlNode item) in map.Texts("servers", "192.0.2.53"))
        {
            if (IPAddress.TryParse(text, out IPAddress? address))
            {
                servers.Add(new IPEndPoint(address, DnsPort));
            }
            else if (IPEndPoint.TryParse(text, out IPEndPoint? server) && server.Port > 0)
            {
                servers.Add(server);
            }
            else
            {
                mistakes.Add(item, $"\"{text}\" is not an address", "for instance 192.0.2.53 or \"192.0.2.53:5353\"");
            }
        }

        if (map.Get("servers") is null)
        {
            mistakes.Add(map.Node, "servers is missing", "for instance servers: [ 192.0.2.53 ]");
        }

        map.RefuseOthers("dns");
        return servers.Count > 0 ? new DnsOptions { Servers = servers } : null;
    }
}
