using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Replaces addresses so that two with the same prefix keep the same prefix (the scheme of Xu, Fan, Ammar and Moon, 2002): each bit is turned
/// or not by a keyed function of the bits before it. What makes an address private stays.
/// </summary>
internal sealed class AddressPseudonym(byte[] key)
{
    private readonly Dictionary<UInt128, UInt128> _known = [];

    public PacketAddress Of(PacketAddress address) =>
        address.IsUnknown
            ? address
            : address with
            {
                Bits = FromNumber(Of(new UInt128(address.Bits.High, address.Bits.Low), address.IsIPv4)),
            };

    public IPAddress Of(IPAddress address)
    {
        var packet = PacketAddress.Of(address, 0);
        return Of(packet).Address;
    }

    private static AddressBits FromNumber(UInt128 number) => new((ulong)(number >> 64), (ulong)number);

    private UInt128 Of(UInt128 bits, bool isIPv4)
    {
        if (_known.TryGetValue(bits, out var known))
        {
            return known;
        }

        var kept = isIPv4 ? 96 + KeptOfIPv4((uint)bits) : KeptOfIPv6(bits);
        var result = bits;
        Span<byte> input = stackalloc byte[17];
        Span<byte> output = stackalloc byte[32];
        for (var bit = kept; bit < 128; bit++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(input, bit == 0 ? 0 : bits >> (128 - bit));
            input[16] = (byte)bit;
            HMACSHA256.HashData(key, input, output);
            if ((output[0] & 1) != 0)
            {
                result ^= UInt128.One << (127 - bit);
            }
        }

        return _known[bits] = result;
    }

    // RFC 1918, RFC 6598, RFC 3927, loopback, multicast: the bits that say so. Whole: unspecified and broadcast.
    private static int KeptOfIPv4(uint address) =>
        address is 0 or uint.MaxValue ? 32
        : address >> 24 is 10 or 127 ? 8
        : address >> 20 == 0xAC1 ? 12
        : address >> 16 is 0xC0A8 or 0xA9FE ? 16
        : address >> 22 == 0x191 ? 10
        : address >> 28 == 0xE ? 4
        : 0;

    private static int KeptOfIPv6(UInt128 address) =>
        address <= 1 ? 128
        : (ulong)(address >> 120) is 0xFC or 0xFD or 0xFE or 0xFF ? 10
        : 3;
}
