using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Ringfence.Sip.Transport;

/// <summary>
/// The far end of a message and the way to it: transport, address, port, and the local listener or connection that it came
/// by. A value, so that it is stored and compared without allocation. IPv4 addresses are held in their mapped form.
/// </summary>
/// <param name="Kind">The transport.</param>
/// <param name="Address">The address as a 128-bit number in network order; IPv4 as ::ffff:a.b.c.d.</param>
/// <param name="Port">The port, 1 to 65535.</param>
/// <param name="Listener">Index of the local listener that it belongs to, by which answers leave.</param>
/// <param name="Connection">Id of the stream connection; 0 for UDP, and for "find or open one".</param>
/// <param name="Domain">
/// For TLS, the SIP domain that the far end is to prove by its certificate, or has proved (RFC 5922): the one that the request is sent
/// to, as it was before it was resolved. Null where it is known by its address alone.
/// </param>
public readonly record struct Peer(
    TransportKind Kind,
    UInt128 Address,
    ushort Port,
    int Listener = 0,
    long Connection = 0,
    string? Domain = null
)
{
    internal static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsIPv4 => (Address >> 32) == 0xFFFF;

    /// <summary>True when the transport delivers reliably: no retransmissions (RFC 3261 §17).</summary>
    public bool IsReliable => Kind != TransportKind.Udp;

    /// <summary>True when messages travel under TLS.</summary>
    public bool IsSecure => Kind is TransportKind.Tls or TransportKind.Wss;

    /// <summary>True when messages travel in WebSocket frames (RFC 7118).</summary>
    public bool IsWebSocket => Kind is TransportKind.Ws or TransportKind.Wss;

    /// <summary>The peer at an endpoint.</summary>
    public static Peer From(TransportKind kind, IPEndPoint endpoint, int listener = 0, long connection = 0)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new Peer(kind, ToNumber(endpoint.Address), (ushort)endpoint.Port, listener, connection);
    }

    /// <summary>An address as the number that <see cref="Address"/> holds.</summary>
    public static UInt128 ToNumber(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        return written == 4
            ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The address as the framework's type. Allocates: not for the path of a message.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    /// <summary>
    /// Writes the address as text, IPv6 without brackets, as <c>received</c> wants it (RFC 3261 §18.2.1). Returns the part of
    /// <paramref name="room"/> (45 bytes suffice) that holds it.
    /// </summary>
    public ReadOnlySpan<byte> FormatAddress(Span<byte> room)
    {
        if (!IsIPv4)
        {
            ToIPAddress().TryFormat(room, out int length);
            return room[..length];
        }

        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            Utf8Formatter.TryFormat((byte)(Address >> shift), room[at..], out int digits);
            at += digits;
            room[at++] = (byte)'.';
        }

        return room[..(at - 1)];
    }

    /// <summary>Address and port as the framework's type. Allocates: not for the path of a message.</summary>
    public IPEndPoint ToEndPoint() => new(ToIPAddress(), Port);

    /// <summary>Transport, address and port, as in a log line: <c>udp:192.0.2.1:5060</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{ToEndPoint()}";

    /// <summary>The address family of the address.</summary>
    public AddressFamily Family => IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
}
