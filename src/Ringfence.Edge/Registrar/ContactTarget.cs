using System.Net;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Registrar;

/// <summary>The place that a registered contact is reached at.</summary>
internal static class ContactTarget
{
    /// <summary>
    /// By the way that it registered: so it is reached from behind a NAT, and a browser by the connection that it has opened (RFC 5626
    /// §5.3). A Path is put on top of the route, and its proxy is the one that had sent the REGISTER (RFC 3327 §5.4).
    /// </summary>
    internal static ProxyTarget Of(Binding binding) =>
        new(Destination(binding), binding.Uri) { Route = binding.Path, KeepFlow = binding.Path.IsEmpty };

    /// <summary>
    /// A contact that names the address that it registered from is not behind a NAT: its port and transport count, for what sent the
    /// REGISTER may not be what listens. A connection that is open is used whatever the contact says. Where there is a Path, all this
    /// is said of its first proxy.
    /// </summary>
    private static Peer Destination(Binding binding)
    {
        Peer source = binding.From;
        ReadOnlySpan<byte> uri = binding.Path.IsEmpty ? binding.Uri.Span : FirstOf(binding.Path.Span);
        if (
            source.Connection != 0
            || !SipUri.TryParse(uri, out SipUri contact)
            || !IPAddress.TryParse(Encoding.ASCII.GetString(contact.At.Address), out IPAddress? address)
            || Peer.ToNumber(address) != source.Address
        )
        {
            return source;
        }

        TransportKind kind =
            Ascii.EqualsIgnoreCase(contact.Transport, "tcp"u8) ? TransportKind.Tcp
            : Ascii.EqualsIgnoreCase(contact.Transport, "udp"u8) ? TransportKind.Udp
            : source.Kind;
        int port =
            contact.Port > 0 ? contact.Port
            : kind == TransportKind.Tls ? 5061
            : 5060;
        return source with { Kind = kind, Port = (ushort)port };
    }

    /// <summary>The URI of the proxy that the request goes to first; empty for a Path that cannot be read.</summary>
    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> path) =>
        NameAddr.TryParse(path[..(path.IndexOf((byte)'>') + 1)], out NameAddr proxy) ? proxy.Uri : default;
}
