using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Hep;

/// <summary>
/// One packet of the encapsulation protocol (HEP versions 1, 2 and 3) that capture agents send. For files, captures and listeners alike.
/// </summary>
public readonly ref struct HepPacket
{
    private const int Version3Header = 6;
    private const int ChunkHeader = 6;

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; private init; }

    /// <summary>Bytes that the packet took of the input; a version 1 or 2 packet takes all.</summary>
    public int Length { get; private init; }

    /// <summary>Who sent what the agent saw.</summary>
    public PacketAddress Source { get; private init; }

    /// <summary>Who was to get it.</summary>
    public PacketAddress Destination { get; private init; }

    /// <summary>The transport that the agent saw.</summary>
    public PacketTransport Transport { get; private init; }

    /// <summary>Nanoseconds since 1970; 0 in version 1, which tells no time.</summary>
    public long Time { get; private init; }

    /// <summary>The type of the payload: 1 SIP, 5 RTCP, 100 log; SIP in versions 1 and 2.</summary>
    public int PayloadType { get; private init; }

    /// <summary>The number of the agent.</summary>
    public uint AgentId { get; private init; }

    /// <summary>The key with which the agent says who it is; empty if it says none.</summary>
    public ReadOnlySpan<byte> AuthenticationKey { get; private init; }

    /// <summary>Which call the payload belongs to, as the agent sees it; empty if it says none.</summary>
    public ReadOnlySpan<byte> CorrelationId { get; private init; }

    /// <summary>Whether the payload is compressed with zlib (chunk 16).</summary>
    public bool Compressed { get; private init; }

    /// <summary>What the agent saw.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Whether bytes begin like version 3.</summary>
    public static bool IsVersion3(ReadOnlySpan<byte> bytes) => bytes.StartsWith("HEP3"u8);

    /// <summary>
    /// How many bytes a packet of version 3 takes in a stream, told by its first six; 0 if fewer are there. False if no such packet begins here.
    /// </summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < Version3Header)
        {
            return "HEP3"u8.StartsWith(bytes[..Math.Min(bytes.Length, 4)]);
        }

        length = IsVersion3(bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) : 0;
        return length >= Version3Header;
    }

    /// <summary>Reads a packet from the beginning of the bytes; false if they are no whole packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HepPacket packet)
    {
        packet = default;
        if (IsVersion3(bytes))
        {
            return TryParseVersion3(bytes, out packet);
        }

        return bytes.Length > 16 && bytes[0] is 1 or 2 && TryParseOld(bytes, out packet);
    }

    private static bool TryParseVersion3(ReadOnlySpan<byte> bytes, out HepPacket packet)
    {
        packet = default;
        if (bytes.Length < Version3Header)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length < Version3Header || length > bytes.Length)
        {
            return false;
        }

        var chunks = new HepChunks();
        var rest = bytes[Version3Header..length];
        while (rest.Length >= ChunkHeader)
        {
            int chunk = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            if (chunk < ChunkHeader || chunk > rest.Length)
            {
                return false;
            }

            // Chunks of vendors other than 0 mean what the vendor says.
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == 0)
            {
                chunks.Take(BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), rest[ChunkHeader..chunk]);
            }

            rest = rest[chunk..];
        }

        packet = new HepPacket
        {
            Version = 3,
            Length = length,
            Source = Address(chunks.Source, chunks.SourcePort),
            Destination = Address(chunks.Destination, chunks.DestinationPort),
            Transport = TransportOf(chunks.Protocol),
            Time = (chunks.Seconds * 1_000_000_000L) + (chunks.Microseconds * 1_000L),
            PayloadType = chunks.PayloadType,
            AgentId = chunks.AgentId,
            AuthenticationKey = chunks.AuthenticationKey,
            CorrelationId = chunks.CorrelationId,
            Compressed = chunks.Compressed,
            Payload = chunks.Payload,
        };
        return true;
    }

    // Version 2 is version 1 with a time behind the addresses. Whether the length field counts that time differs between agents, so
    // the place where SIP begins decides.
    private static bool TryParseOld(ReadOnlySpan<byte> bytes, out HepPacket packet)
    {
        const byte InternetFamily = 2;
        packet = default;
        var addressLength = bytes[2] == InternetFamily ? 4 : 16;
        var addressEnd = 8 + (2 * addressLength);
        if (bytes.Length <= addressEnd + 12)
        {
            return false;
        }

        var hasTime = bytes[0] == 2 && SipSniffer.Look(bytes[addressEnd..]) != SipLikeness.Yes;
        var payload = bytes[(addressEnd + (hasTime ? 12 : 0))..];
        if (SipSniffer.Look(payload) != SipLikeness.Yes)
        {
            return false;
        }

        var time = bytes[addressEnd..];
        packet = new HepPacket
        {
            Version = bytes[0],
            Length = bytes.Length,
            Source = PacketAddress.Of(bytes.Slice(8, addressLength), BinaryPrimitives.ReadUInt16BigEndian(bytes[4..])),
            Destination = PacketAddress.Of(
                bytes.Slice(8 + addressLength, addressLength),
                BinaryPrimitives.ReadUInt16BigEndian(bytes[6..])
            ),
            Transport = TransportOf(bytes[3]),
            Time = hasTime
                ? (BinaryPrimitives.ReadUInt32LittleEndian(time) * 1_000_000_000L)
                    + (BinaryPrimitives.ReadUInt32LittleEndian(time[4..]) * 1_000L)
                : 0,
            PayloadType = 1,
            AgentId = hasTime ? BinaryPrimitives.ReadUInt16LittleEndian(time[8..]) : 0u,
            Payload = payload,
        };
        return true;
    }

    private static PacketAddress Address(ReadOnlySpan<byte> address, ushort port) =>
        address.Length is 4 or 16 ? PacketAddress.Of(address, port) : default;

    private static PacketTransport TransportOf(byte protocol) =>
        protocol switch
        {
            6 => PacketTransport.Tcp,
            17 => PacketTransport.Udp,
            132 => PacketTransport.Sctp,
            _ => PacketTransport.Unknown,
        };
}
