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
    private const int FirstEntries = 16;
    private const int EntrySize = 2 * sizeof(long);

    private KeptPacket[]? _entries;
    private int _count;
    private int _nextInput;
    private int _bytes;

    public readonly bool IsEmpty => _bytes == 0;

    public bool IsFull { get; private set; }

    /// <summary>What is known of each packet that was kept.</summary>
    public readonly ReadOnlySpan<KeptPacket> Entries => _entries.AsSpan(0, _count);

    /// <summary>Keeps a packet where there is room; returns by how many bytes the memory in use has grown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(in CapturedPacket packet, AudioRoom room, int maxBytes, long loudness)
    {
        var length = packet.Payload.Length;
        if (length > LongestKept || _bytes + length + LengthField > maxBytes)
        {
            IsFull = true;
            return 0;
        }

        _bytes += length + LengthField;
        return
            room.Finds(packet) && packet.Input + 1 == _nextInput && _entries is { } entries && _count < entries.Length
            ? AddWhereItIs(packet, loudness)
            : AddElsewhere(packet, room, loudness);
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
        foreach (var kept in Entries)
        {
            if (!reader.TryRead(kept, out var packet))
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddWhereItIs(in CapturedPacket packet, long loudness)
    {
        _entries![_count++] = KeptPacket.Read(packet.Offset, packet.Payload.Length, loudness);
        return 0;
    }

    // The first of its input, one that has to be copied, or one too many for the array.
    private int AddElsewhere(in CapturedPacket packet, AudioRoom room, long loudness)
    {
        var grown = 0;
        _entries ??= [];
        if (_entries.Length - _count < 2)
        {
            grown = EntrySize * Math.Max(FirstEntries, _entries.Length);
            Array.Resize(ref _entries, _entries.Length + (grown / EntrySize));
        }

        var length = packet.Payload.Length;
        if (!room.Finds(packet))
        {
            _entries[_count++] = KeptPacket.Copy(room.Copy(packet.Payload), length, loudness);
            return grown + length;
        }

        if (packet.Input + 1 != _nextInput)
        {
            _nextInput = packet.Input + 1;
            _entries[_count++] = KeptPacket.Input(packet.Input);
        }

        _entries[_count++] = KeptPacket.Read(packet.Offset, length, loudness);
        return grown;
    }
}
