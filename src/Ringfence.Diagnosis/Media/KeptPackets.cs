using System.Buffers.Binary;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The first packets of a stream as they came, for listening; encrypted ones are opened when they are asked for.</summary>
internal sealed class KeptPackets(AudioRoom room, int maxBytes)
{
    private const int LengthField = 2;

    // Chunks grow: most streams of a trace are short, and those that are not want few and large ones.
    private const int FirstChunk = 2_048;
    private const int LargestChunk = 131_072;
    private const int Growth = 4;

    private readonly List<ArraySegment<byte>> _chunks = [];
    private readonly List<int> _filled = [];
    private int _room;

    public long Bytes { get; private set; }

    public bool IsFull { get; private set; }

    /// <summary>Keeps a packet where there is room; returns by how many bytes the memory in use has grown.</summary>
    public int Add(ReadOnlySpan<byte> packet)
    {
        var length = packet.Length + LengthField;
        if (length > FirstChunk || Bytes + length > maxBytes)
        {
            IsFull = true;
            return 0;
        }

        var grown = 0;
        if (_room < length)
        {
            grown = _chunks.Count == 0 ? FirstChunk : Math.Min(LargestChunk, _chunks[^1].Count * Growth);
            _chunks.Add(room.Take(grown));
            _filled.Add(0);
            _room = grown;
        }

        var free = _chunks[^1].AsSpan(_filled[^1]);
        BinaryPrimitives.WriteUInt16BigEndian(free, (ushort)packet.Length);
        packet.CopyTo(free[LengthField..]);
        _filled[^1] += length;
        _room -= length;
        Bytes += length;
        return grown;
    }

    /// <summary>Goes through the packets in order of arrival.</summary>
    /// <param name="key">The key of the sender; null where the stream is in the clear.</param>
    /// <param name="take">Takes header and payload.</param>
    /// <returns>How many did not open with the key.</returns>
    public int Read(SrtpMasterKey? key, PayloadTaker take)
    {
        using var srtp = key is null ? null : new SrtpContext(key);
        var clear = srtp is null ? [] : new byte[SrtpContext.MaxPacket];
        var refused = 0;
        foreach (var (chunk, filled) in _chunks.Zip(_filled))
        {
            refused += Read(chunk.AsSpan(0, filled), srtp, clear, take);
        }

        return refused;
    }

    private static int Read(ReadOnlySpan<byte> chunk, SrtpContext? srtp, byte[] clear, PayloadTaker take)
    {
        var refused = 0;
        while (!chunk.IsEmpty)
        {
            var packet = chunk.Slice(LengthField, BinaryPrimitives.ReadUInt16BigEndian(chunk));
            chunk = chunk[(LengthField + packet.Length)..];
            if (srtp is not null)
            {
                if (!TryOpen(srtp, packet, clear, out var length))
                {
                    refused++;
                    continue;
                }

                packet = clear.AsSpan(0, length);
            }

            if (RtpPacket.Read(packet, out var rtp) == RtpFault.None)
            {
                take(rtp.Header, rtp.Payload);
            }
        }

        return refused;
    }

    /// <summary>Opens one packet into a buffer; one that was seen before is passed over like one that does not open.</summary>
    public static bool TryOpen(SrtpContext srtp, ReadOnlySpan<byte> packet, Span<byte> clear, out int length)
    {
        length = 0;
        if (packet.Length > clear.Length)
        {
            return false;
        }

        packet.CopyTo(clear);
        return srtp.Unprotect(clear[..packet.Length], out length) is SrtpFault.None;
    }
}
