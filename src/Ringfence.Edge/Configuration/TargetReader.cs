using Ringfence.Sip.Transport;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads a route's target: sip:[user@]host[:port][;transport=udp|tcp].</summary>
internal static class TargetReader
{
    private const string Example = "sip:pbx1.example:5060";

    internal static TargetConfiguration? Read(string uri, YamlNode node, Mistakes mistakes)
    {
        const string scheme = "sip:";
        if (!uri.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            mistakes.Add(node, $"\"{uri}\" is not a SIP URI", $"for instance {Example}");
            return null;
        }

        string[] parts = uri[scheme.Length..].Split(';');
        int at = parts[0].LastIndexOf('@');
        string? user = at < 0 ? null : parts[0][..at];
        string hostPort = parts[0][(at + 1)..];
        int colon = hostPort.LastIndexOf(':');
        bool hasPort = colon >= 0 && !hostPort.EndsWith(']');
        string host = hasPort ? hostPort[..colon] : hostPort;
        int port = 5060;
        if (hasPort && !(int.TryParse(hostPort[(colon + 1)..], out port) && port is > 0 and < 65536))
        {
            mistakes.Add(node, $"\"{hostPort[(colon + 1)..]}\" is not a port", $"1 to 65535, for instance {Example}");
            return null;
        }

        if (host.Length == 0 || Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            mistakes.Add(node, $"\"{host}\" is not a host name or address", $"for instance {Example}");
            return null;
        }

        TransportKind? transport = TransportOf(parts.Skip(1));
        if (transport is null)
        {
            mistakes.Add(
                node,
                $"\"{uri}\" asks for a transport that routes cannot use",
                "write ;transport=udp or ;transport=tcp"
            );
            return null;
        }

        return new TargetConfiguration(uri, user, host.Trim('[', ']'), port, transport.Value);
    }

    private static TransportKind? TransportOf(IEnumerable<string> parameters)
    {
        string? named = parameters
            .Where(parameter => parameter.StartsWith("transport=", StringComparison.OrdinalIgnoreCase))
            .Select(parameter => parameter["transport=".Length..].ToLowerInvariant())
            .LastOrDefault();
        return named switch
        {
            null or "udp" => TransportKind.Udp,
            "tcp" => TransportKind.Tcp,
            _ => null,
        };
    }
}
