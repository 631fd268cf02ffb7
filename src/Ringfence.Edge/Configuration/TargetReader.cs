using Ringfence.Sip.Transport;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads a route's target: sip:[user@]host[:port][;transport=udp|tcp|tls], the same with sips, or <c>registered</c>.</summary>
internal static class TargetReader
{
    private const string Example = "sip:pbx1.example:5060";

    internal static TargetConfiguration? Read(string uri, YamlNode node, Mistakes mistakes)
    {
        if (uri == TargetConfiguration.Registered)
        {
            return new TargetConfiguration(uri, null, "", 0, TransportKind.Udp);
        }

        bool isSips = uri.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        string scheme = isSips ? "sips:" : "sip:";
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
        TransportKind? transport = TransportOf(parts.Skip(1), isSips);
        int port = transport == TransportKind.Tls ? 5061 : 5060;
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

        if (transport is null)
        {
            mistakes.Add(
                node,
                $"\"{uri}\" asks for a transport that routes cannot use",
                "write ;transport=udp, ;transport=tcp or ;transport=tls; sips is always TLS"
            );
            return null;
        }

        return new TargetConfiguration(uri, user, host.Trim('[', ']'), port, transport.Value);
    }

    private static TransportKind? TransportOf(IEnumerable<string> parameters, bool isSips)
    {
        string? named = parameters
            .Where(parameter => parameter.StartsWith("transport=", StringComparison.OrdinalIgnoreCase))
            .Select(parameter => parameter["transport=".Length..].ToLowerInvariant())
            .LastOrDefault();
        return named switch
        {
            null or "tcp" or "tls" when isSips => TransportKind.Tls,
            null or "udp" when !isSips => TransportKind.Udp,
            "tcp" => TransportKind.Tcp,
            "tls" => TransportKind.Tls,
            _ => null,
        };
    }
}
