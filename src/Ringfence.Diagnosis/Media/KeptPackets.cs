using System.Buffers.Binary;
using Ringfence.Diagnosis.Capture.Streams;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The first packets of a stream as they came, for listening; encrypted ones are opened when they are asked for.</summary>
internal sealed class KeptPackets(int maxBytes)
{
    private const int LengthField = 2;
    private readonly GrowingBuffer _packets = new();

    public long Bytes => _packets.Length;

    public bool IsFull { get; private set; }

    /// <summary>Keeps a packet; returns how many bytes it took, 0 where there is no more room.</summary>
    public int Add(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > ushort.MaxValue || _packets.Length + packet.Length + LengthField > maxBytes)
        {
            IsFull = true;
            return 0;
        }

        Span<byte> length = stackalloc byte[LengthField];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)packet.Length);
        _packets.Append(length);
        _packets.Append(packet);
        return packet.Length + LengthField;
    }

    /// <summary>Goes through the packets in order of arrival.</summary>
    /// <param name="key">The key of the sender; null where the stream is in the clear.</param>
    /// <param name="take">Takes header and payload.</param>
    /// <returns>How many did not open with the key.</returns>
    public int Read(SrtpMasterKey? key, PayloadTaker take)
    {
        using var srtp = key is null ? null : new SrtpContext(key);
        var rest = _packets.Span;
        var clear = srtp is null ? [] : new byte[SrtpContext.MaxPacket];
        var refused = 0;
        while (rest.Length >= LengthField)
        {
            ReadOnlySpan<byte> packet = rest.Slice(LengthField, BinaryPrimitives.ReadUInt16BigEndian(rest));
            rest = rest[(LengthField + packet.Length)..];
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
