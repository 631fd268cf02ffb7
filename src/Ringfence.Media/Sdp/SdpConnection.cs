using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Media.Sdp;

/// <summary>A <c>c=</c> line (RFC 8866 section 5.7).</summary>
/// <param name="Host">Address as written, without TTL and count.</param>
/// <param name="Address">The address, or null where a domain name stands.</param>
public sealed record SdpConnection(string Host, IPAddress? Address)
{
    /// <summary>Whether it is the old way of hold: <c>0.0.0.0</c> or <c>::</c> (RFC 3264 section 8.4).</summary>
    public bool IsHold => Address is not null && (Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any));

    /// <summary>Reads <c>IN IP4 address[/ttl[/count]]</c>; null when it is something else.</summary>
    internal static SdpConnection? Read(ReadOnlySpan<byte> value)
    {
        Span<Range> fields = stackalloc Range[4];
        if (SdpText.Fields(value, fields) != 3 || !Ascii.EqualsIgnoreCase(value[fields[0]], "IN"u8))
        {
            return null;
        }
        AddressFamily family;
        if (Ascii.EqualsIgnoreCase(value[fields[1]], "IP4"u8))
        {
            family = AddressFamily.InterNetwork;
        }
        else if (Ascii.EqualsIgnoreCase(value[fields[1]], "IP6"u8))
        {
            family = AddressFamily.InterNetworkV6;
        }
        else
        {
            return null;
        }
        var host = value[fields[2]];
        var slash = host.IndexOf((byte)'/');
        host = slash < 0 ? host : host[..slash];
        if (host.IsEmpty || host.Length > 255)
        {
            return null;
        }
        var address = SdpText.Address(host);
        return address is not null && address.AddressFamily != family
            ? null
            : new SdpConnection(Encoding.UTF8.GetString(host), address);
    }
}
