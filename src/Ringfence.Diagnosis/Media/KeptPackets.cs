using System.Runtime.CompilerServices;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Rtp;
using Ringfence.Media.Srtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The first packets of a stream as they came, for listening; encrypted ones are opened when they are asked for.</summary>
/// <remarks>Part of its stream, as is all that every packet touches: of hundreds of streams at a time little fits the nearest cache.</remarks>
internal struct KeptPackets
{
    private const int LongestKept = 2_046;
    private const int LengthField = 2;
    private const int ChunkBits = 6;
    private const int ChunkLength = 1 << ChunkBits;
    private const int EntrySize = sizeof(long);

    // Chunks of one size: what grows by copying leaves as much behind as it keeps.
    private List<KeptPacket[]>? _chunks;
    private KeptPacket[]? _last;
    private int _count;
    private int _nextInput;
    private int _bytes;

    public readonly bool IsEmpty => _bytes == 0;

    public bool IsFull { get; private set; }

    /// <summary>Keeps a packet where there is room; returns by how many bytes the memory in use has grown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(in CapturedPacket packet, AudioRoom room, int maxBytes)
    {
        var length = packet.Length;
        if (length > LongestKept || _bytes + length + LengthField > maxBytes)
        {
            IsFull = true;
            return 0;
        }

        _bytes += length + LengthField;
        if ((_count & (ChunkLength - 1)) == 0 || packet.Input + 1 != _nextInput || !room.Finds(packet))
        {
            return AddElsewhere(packet, room);
        }

        _last![_count++ & (ChunkLength - 1)] = KeptPacket.Read(packet.Offset, length);
        return 0;
    }

    /// <summary>Goes through the packets in order of arrival.</summary>
    /// <param name="room">Where copies are, and inputs are opened.</param>
    /// <param name="key">The key of the sender; null where the stream is in the clear.</param>
    /// <param name="ssrc">The source: an input that has changed since is told by others where its packets were.</param>
    /// <param name="take">Takes header and payload.</param>
    /// <returns>How many did not open with the key.</returns>
    public readonly int Read(AudioRoom room, SrtpMasterKey? key, uint ssrc, PayloadTaker take)
    {
        using var srtp = key is null ? null : new SrtpContext(key);
        var clear = srtp is null ? [] : new byte[SrtpContext.MaxPacket];
        var refused = 0;
        using var reader = room.Reader(LongestKept);
        for (var i = 0; i < _count; i++)
        {
            if (!reader.TryRead(_chunks![i >> ChunkBits][i & (ChunkLength - 1)], out var packet))
            {
                continue;
            }

            if (srtp is not null)
            {
                if (!TryOpen(srtp, packet, clear, out var length))
                {
                    refused++;
                    continue;
                }

                packet = clear.AsSpan(0, length);
            }

            if (RtpPacket.Read(packet, out var rtp) == RtpFault.None && rtp.Header.Ssrc == ssrc)
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

    // The first of its chunk or of its input, or one that has to be copied.
    private int AddElsewhere(in CapturedPacket packet, AudioRoom room)
    {
        var length = packet.Length;
        if (!room.Finds(packet))
        {
            return length + Add(KeptPacket.Copy(room.Copy(packet.Payload), length));
        }

        var grown = 0;
        if (packet.Input + 1 != _nextInput)
        {
            _nextInput = packet.Input + 1;
            grown = Add(KeptPacket.Input(packet.Input));
        }

        return grown + Add(KeptPacket.Read(packet.Offset, length));
    }

    private int Add(KeptPacket entry)
    {
        var grown = 0;
        if ((_count & (ChunkLength - 1)) == 0)
        {
            _last = new KeptPacket[ChunkLength];
            (_chunks ??= []).Add(_last);
            grown = EntrySize * ChunkLength;
        }

        _last![_count++ & (ChunkLength - 1)] = entry;
        return grown;
    }
}
