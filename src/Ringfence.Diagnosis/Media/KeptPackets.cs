using System.Buffers.Binary;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The first packets of a stream as they came, for listening; encrypted ones are opened when they are asked for.</summary>
internal sealed class KeptPackets(int maxBytes)
{
    private const int LengthField = 2;
    private const int ChunkLength = 16_384;
    private readonly List<byte[]> _chunks = [];
    private int _filled;

    public long Bytes { get; private set; }

    public bool IsFull { get; private set; }

    /// <summary>Keeps a packet; returns how many bytes it took, 0 where there is no more room.</summary>
    public int Add(ReadOnlySpan<byte> packet)
    {
        var length = packet.Length + LengthField;
        if (length > ChunkLength || Bytes + length > maxBytes)
        {
            IsFull = true;
            return 0;
        }

        if (_chunks.Count == 0 || _filled + length > ChunkLength)
        {
            EndChunk();
            _chunks.Add(new byte[ChunkLength]);
            _filled = 0;
        }

        var room = _chunks[^1].AsSpan(_filled);
        BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)packet.Length);
        packet.CopyTo(room[LengthField..]);
        _filled += length;
        Bytes += length;
        return length;
    }

    // A length of 0 ends what is in a chunk; where it is full to the brim its end does.
    private void EndChunk()
    {
        if (_chunks.Count > 0 && _filled + LengthField <= ChunkLength)
        {
            _chunks[^1].AsSpan(_filled, LengthField).Clear();
        }
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
        foreach (var chunk in _chunks)
        {
            refused += Read(chunk, srtp, clear, take);
        }

        return refused;
    }

    private static int Read(ReadOnlySpan<byte> chunk, SrtpContext? srtp, byte[] clear, PayloadTaker take)
    {
        var refused = 0;
        while (chunk.Length >= LengthField && BinaryPrimitives.ReadUInt16BigEndian(chunk) is var taken and > 0)
        {
            var packet = chunk.Slice(LengthField, taken);
            chunk = chunk[(LengthField + taken)..];
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
