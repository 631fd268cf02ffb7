using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Capture;

/// <summary>The 128 bits of an IP address; IPv4 is held as its mapped IPv6 form (RFC 4291 §2.5.5.2).</summary>
/// <remarks>Two words, as code with 128-bit integers cannot be compiled ahead of its run.</remarks>
/// <param name="High">The upper half.</param>
/// <param name="Low">The lower half: of IPv4 all that differs.</param>
public readonly record struct AddressBits(ulong High, ulong Low)
{
    private const ulong Mapped = 0xFFFF_0000_0000;

    /// <summary>The bits of an IPv4 address.</summary>
    /// <param name="address">Its 32 bits.</param>
    internal AddressBits(uint address)
        : this(0, Mapped | address) { }

    /// <summary>Whether the address is IPv4.</summary>
    public bool IsIPv4 => High == 0 && Low >> 32 == 0xFFFF;

    /// <summary>Reads an address of 4 or 16 bytes in network order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AddressBits Of(ReadOnlySpan<byte> address) =>
        address.Length == 4
            ? new AddressBits(BinaryPrimitives.ReadUInt32BigEndian(address))
            : new AddressBits(
                BinaryPrimitives.ReadUInt64BigEndian(address),
                BinaryPrimitives.ReadUInt64BigEndian(address[8..])
            );

    /// <summary>Writes all 16 bytes in network order.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>Cheap on purpose: addresses are keys of what is looked up once per packet.</summary>
    public override int GetHashCode() => unchecked((int)(((uint)Low * 0x9E37_79B1) ^ (uint)High));
}
