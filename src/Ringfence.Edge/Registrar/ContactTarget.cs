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
    /// A stream that is gone cannot be opened again towards the port that it came from: then the contact's own port is the one, where
    /// the contact names the address that it came from.
    /// </summary>
    private static Peer Destination(Binding binding)
    {
        Peer source = binding.From;
        if (
            source is { IsReliable: true, Connection: 0 }
            && SipUri.TryParse(binding.Uri.Span, out SipUri contact)
            && IPAddress.TryParse(Encoding.ASCII.GetString(contact.At.Address), out IPAddress? address)
            && Peer.ToNumber(address) == source.Address
        )
        {
            int port =
                contact.Port > 0 ? contact.Port
                : source.IsSecure ? 5061
                : 5060;
            return source with { Port = (ushort)port };
        }

        return source;
    }
}
