using System.Net;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Resolve;

/// <summary>What a URI says by itself about where it leads (RFC 3263 §4: TARGET, transport, port).</summary>
internal sealed record SipLocation
{
    /// <summary>The name of maddr, or else of the host; normalised.</summary>
    internal string Target { get; private init; } = "";

    /// <summary>The address, when the target is one.</summary>
    internal IPAddress? Address { get; private init; }

    /// <summary>0 for none.</summary>
    internal int Port { get; private init; }

    /// <summary>Null when the URI leaves it open.</summary>
    internal TransportKind? Kind { get; private init; }

    internal bool IsSips { get; private init; }

    internal string Host { get; private init; } = "";

    /// <summary>What is used when neither the URI nor the DNS says which (§4.1).</summary>
    internal TransportKind DefaultKind => Kind ?? (IsSips ? TransportKind.Tls : TransportKind.Udp);

    internal static ResolveStatus TryRead(
        ReadOnlySpan<byte> uri,
        IReadOnlyList<TransportKind> ours,
        out SipLocation location
    )
    {
        location = new SipLocation();
        if (!SipUri.TryParse(uri, out SipUri sip))
        {
            return ResolveStatus.Malformed;
        }

        ReadOnlySpan<byte> target = sip.Maddr.IsEmpty ? sip.At.Address : TrimBrackets(sip.Maddr);
        bool isAddress = TryAddress(target, out IPAddress? address);
        string name = "";
        if (!isAddress && !DnsName.TryNormalize(target, out name))
        {
            return ResolveStatus.Malformed;
        }

        bool isSaid = !sip.Transport.IsEmpty;
        TransportKind? kind = isSaid ? KindOf(sip.Transport, sip.IsSips) : null;
        location = new SipLocation
        {
            Target = name,
            Address = address,
            Port = sip.Port,
            Kind = kind,
            IsSips = sip.IsSips,
            Host = Encoding.ASCII.GetString(sip.At.Address).TrimEnd('.'),
        };
        bool isDecided = isSaid || isAddress || sip.Port != 0;
        return (isSaid && kind is null) || (isDecided && !ours.Contains(location.DefaultKind))
            ? ResolveStatus.Unsupported
            : ResolveStatus.Found;
    }

    /// <summary>The port of a transport that is not given one (RFC 3261 §19.1.2, RFC 7118 §5.4).</summary>
    internal static int DefaultPort(TransportKind kind) =>
        kind switch
        {
            TransportKind.Tls => 5061,
            TransportKind.Ws => 80,
            TransportKind.Wss => 443,
            _ => 5060,
        };

    /// <summary>Null for one that this stack does not have, and for a datagram under sips.</summary>
    private static TransportKind? KindOf(ReadOnlySpan<byte> transport, bool isSips) =>
        Ascii.EqualsIgnoreCase(transport, "tcp"u8)
            ? isSips
                ? TransportKind.Tls
                : TransportKind.Tcp
            : Ascii.EqualsIgnoreCase(transport, "udp"u8) && !isSips
                ? TransportKind.Udp
                : Ascii.EqualsIgnoreCase(transport, "tls"u8)
                    ? TransportKind.Tls
                    : Ascii.EqualsIgnoreCase(transport, "ws"u8)
                        ? isSips
                            ? TransportKind.Wss
                            : TransportKind.Ws
                        : Ascii.EqualsIgnoreCase(transport, "wss"u8)
                            ? TransportKind.Wss
                            : null;

    /// <summary>An IPv4 address counts only with four decimal numbers: "127.1" and "010.0.0.1" are names, and bad ones.</summary>
    private static bool TryAddress(ReadOnlySpan<byte> text, out IPAddress? address)
    {
        Span<byte> room = stackalloc byte[64];
        if (!IPAddress.TryParse(text, out address))
        {
            return false;
        }

        bool isIpv6 = text.Contains((byte)':');
        bool isPlain = isIpv6 || (address.TryFormat(room, out int length) && room[..length].SequenceEqual(text));
        address = isPlain ? address : null;
        return isPlain;
    }

    private static ReadOnlySpan<byte> TrimBrackets(ReadOnlySpan<byte> host) =>
        host.Length > 2 && host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;
}
