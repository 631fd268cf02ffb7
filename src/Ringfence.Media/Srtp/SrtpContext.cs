using System.Buffers.Binary;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Srtp;

/// <summary>
/// SRTP for one direction (RFC 3711, RFC 7714): its keys, and index and replay list of every stream in it. Packets are
/// changed in place. For RTCP there is <see cref="SrtcpContext"/>. Not thread-safe.
/// </summary>
/// <param name="master">Keys of the direction.</param>
public sealed class SrtpContext(SrtpMasterKey master) : IDisposable
{
    /// <summary>Longest packet that is protected or taken.</summary>
    public const int MaxPacket = 1500;

    private const int MaxStreams = 16;

    private readonly SrtpTransform _transform = SrtpTransform.Of(master, isReports: false);
    private readonly Dictionary<uint, ReplayWindow> _streams = [];
    private ReplayWindow? _sent;
    private uint _sentSsrc;

    /// <summary>Octets that protection adds.</summary>
    public int Overhead => master.Suite.TagLength;

    /// <summary>Protects an RTP packet.</summary>
    /// <param name="buffer">The packet, with <see cref="Overhead"/> octets of room behind it.</param>
    /// <param name="length">Length of the packet.</param>
    /// <returns>Length of the protected packet.</returns>
    /// <exception cref="ArgumentException">It is no RTP packet, too long, or without room.</exception>
    public int Protect(Span<byte> buffer, int length)
    {
        if (length + Overhead > Math.Min(buffer.Length, MaxPacket) || PayloadOf(buffer[..length]) is not { } payload)
        {
            throw new ArgumentException("Only an RTP packet with room behind it can be protected.", nameof(buffer));
        }
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[8..]);
        // Nearly always there is one, and it is the same as before.
        var stream = _sent;
        if (stream is null || ssrc != _sentSsrc)
        {
            if (!_streams.TryGetValue(ssrc, out stream))
            {
                _streams[ssrc] = stream = new ReplayWindow();
            }
            (_sent, _sentSsrc) = (stream, ssrc);
        }
        var index = stream.Guess(BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]));
        stream.Take(index);
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        _transform.Protect(buffer[..length], payload, rollover, index, buffer.Slice(length, Overhead));
        return length + Overhead;
    }

    /// <summary>Checks and decrypts an SRTP packet.</summary>
    /// <param name="packet">The packet; its octets are of no use when there is a fault.</param>
    /// <param name="length">Length of the RTP packet.</param>
    public SrtpFault Unprotect(Span<byte> packet, out int length)
    {
        length = packet.Length - Overhead;
        if (
            packet.Length > MaxPacket
            || length < RtpPacket.HeaderLength
            || PayloadOf(packet[..length]) is not { } payload
        )
        {
            return SrtpFault.Malformed;
        }
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        var isKnown = _streams.TryGetValue(ssrc, out var stream);
        if (!isKnown && _streams.Count >= MaxStreams)
        {
            return SrtpFault.TooManyStreams;
        }
        stream ??= new ReplayWindow();
        var index = stream.Guess(BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        if (!stream.MayTake(index))
        {
            return SrtpFault.Replayed;
        }
        Span<byte> rollover = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rollover, (uint)(index >> 16));
        if (!_transform.Unprotect(packet[..length], payload, rollover, index, packet[length..]))
        {
            return SrtpFault.Authentication;
        }
        // Only an authentic packet makes a stream known, so that nobody else can fill the table.
        _streams[ssrc] = stream;
        stream.Take(index);
        return SrtpFault.None;
    }

    /// <inheritdoc/>
    public void Dispose() => _transform.Dispose();

    /// <summary>Where the encrypted part begins: behind CSRC list and extension; null when it is no RTP packet.</summary>
    private static int? PayloadOf(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < RtpPacket.HeaderLength || packet[0] >> 6 != 2)
        {
            return null;
        }
        var at = RtpPacket.HeaderLength + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) != 0)
        {
            if (at + 4 > packet.Length)
            {
                return null;
            }
            at += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 2)..]);
        }
        return at > packet.Length ? null : at;
    }
}
