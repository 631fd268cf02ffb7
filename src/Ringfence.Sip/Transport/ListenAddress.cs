using System.Net;

namespace Ringfence.Sip.Transport;

/// <summary>
/// A transport (udp, tcp, tls, ws, wss), an address and a port to listen on: <c>udp:0.0.0.0:5060</c>, <c>tls:[::1]:5061</c>.
/// </summary>
/// <param name="Kind">The transport.</param>
/// <param name="EndPoint">Address and port; port 0 takes a free one.</param>
public sealed record ListenAddress(TransportKind Kind, IPEndPoint EndPoint)
{
    /// <summary>How TLS is done here; null takes <see cref="SipTransportOptions.Tls"/>.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>
    /// Reads <c>transport:address:port</c>; IPv6 addresses stand in brackets. Without a port, the transport's own: 5060, for tls 5061,
    /// for ws 80 and for wss 443 (RFC 7118 §5.5).
    /// </summary>
    /// <param name="text">What the operator wrote.</param>
    /// <param name="listen">The address, when there is no error.</param>
    /// <param name="error">What is wrong with it, as a sentence for the operator; empty otherwise.</param>
    public static bool TryParse(string text, out ListenAddress listen, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        listen = new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Any, 0));
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        TransportKind? kind = (colon < 0 ? text : text[..colon]).ToLowerInvariant() switch
        {
            "udp" => TransportKind.Udp,
            "tcp" => TransportKind.Tcp,
            "tls" => TransportKind.Tls,
            "ws" => TransportKind.Ws,
            "wss" => TransportKind.Wss,
            _ => null,
        };
        if (kind is null || colon < 0)
        {
            error = $"\"{text}\" does not begin with a transport: write udp:address:port, or tcp, tls, ws or wss.";
            return false;
        }

        string rest = text[(colon + 1)..];
        if (
            rest.Contains(':', StringComparison.Ordinal)
            && !rest.Contains('.', StringComparison.Ordinal)
            && rest[0] != '['
        )
        {
            error = $"\"{text}\": an IPv6 address stands in brackets, as in udp:[::1]:5060.";
            return false;
        }

        // IPEndPoint takes an address without a port as one with port 0.
        bool hasPort = rest.LastIndexOf(':') > rest.LastIndexOf(']');
        if (!IPEndPoint.TryParse(hasPort ? rest : $"{rest}:{DefaultPort(kind.Value)}", out IPEndPoint? endPoint))
        {
            error =
                $"\"{text}\": \"{rest}\" is not an IP address and a port of 0 to 65535; names are not looked up here.";
            return false;
        }

        listen = new ListenAddress(kind.Value, endPoint);
        error = "";
        return true;
    }

    private static int DefaultPort(TransportKind kind) =>
        kind switch
        {
            TransportKind.Tls => 5061,
            TransportKind.Ws => 80,
            TransportKind.Wss => 443,
            _ => 5060,
        };

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{EndPoint}";
}
