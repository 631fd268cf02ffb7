using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture;

/// <summary>An IP address with a port, by value: IPv4 is held as its mapped IPv6 form (RFC 4291 §2.5.5.2).</summary>
/// <param name="Bits">The 128 bits of the address.</param>
/// <param name="Port">The port; 0 where the source of the packet does not tell one.</param>
public readonly record struct PacketAddress(AddressBits Bits, ushort Port)
{
    /// <summary>Whether nothing is known of the address (a text log that names no peer).</summary>
    public bool IsUnknown => Bits == default;

    /// <summary>Whether the address is IPv4.</summary>
    public bool IsIPv4 => Bits.IsIPv4;

    /// <summary>The address without its port.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Bits.WriteTo(bytes);
            return new IPAddress(IsIPv4 ? bytes[12..] : bytes);
        }
    }

    /// <summary>Reads an address of 4 or 16 bytes in network order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PacketAddress Of(ReadOnlySpan<byte> address, ushort port) => new(AddressBits.Of(address), port);

    /// <summary>Takes an address of the framework.</summary>
    public static PacketAddress Of(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out var written);
        return Of(bytes[..written], (ushort)port);
    }

    /// <summary>Cheap on purpose: addresses are keys of what is looked up once per packet.</summary>
    public override int GetHashCode() => unchecked(Bits.GetHashCode() ^ (int)((uint)Port * 0x85EB_CA77));

    /// <summary>The same address with another port.</summary>
    public PacketAddress WithPort(int port) => this with { Port = (ushort)port };

    /// <summary>The address as people write it: <c>192.0.2.1:5060</c> or <c>[2001:db8::1]:5060</c>.</summary>
    public override string ToString()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        if (IsUnknown)
        {
            return Port == 0 ? "?" : "?:" + port;
        }

        return IsIPv4 ? $"{Address}:{port}" : $"[{Address}]:{port}";
    }
}
