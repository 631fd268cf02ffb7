using System.Buffers.Binary;

namespace Ringfence.Media.Srtp;

/// <summary>
/// SRTCP for one direction (RFC 3711 section 3.4, RFC 7714 section 9): reports that nobody else reads or makes up. Packets are
/// changed in place, and encrypted always. Not thread-safe.
/// </summary>
/// <param name="master">Keys of the direction, those of its SRTP.</param>
public sealed class SrtcpContext(SrtpMasterKey master) : IDisposable
{
    private const int MaxStreams = 16;
    private const uint EncryptedFlag = 0x8000_0000;

    /// <summary>First header and SSRC, which stay readable.</summary>
    private const int Readable = 8;

    /// <summary>The word with encryption flag and index.</summary>
    private const int IndexLength = 4;

    private readonly SrtpTransform _transform = SrtpTransform.Of(master, isReports: true);
    private readonly Dictionary<uint, ReplayWindow> _streams = [];
    private uint _next;

    /// <summary>Octets that protection adds.</summary>
    public int Overhead => _transform.TagLength + IndexLength;

    /// <summary>Protects a compound RTCP packet.</summary>
    /// <param name="buffer">The packet, with <see cref="Overhead"/> octets of room behind it.</param>
    /// <param name="length">Length of the packet.</param>
    /// <returns>Length of the protected packet.</returns>
    /// <exception cref="ArgumentException">It is too short for RTCP, too long, or without room.</exception>
    public int Protect(Span<byte> buffer, int length)
    {
        if (length < Readable || length + Overhead > Math.Min(buffer.Length, SrtpContext.MaxPacket))
        {
            throw new ArgumentException("Only an RTCP packet with room behind it can be protected.", nameof(buffer));
        }
        var trailer = buffer.Slice(length, Overhead);
        var word = Word(trailer);
        BinaryPrimitives.WriteUInt32BigEndian(word, EncryptedFlag | _next);
        _transform.Protect(buffer[..length], Readable, word, _next, Tag(trailer));
        // One report in five seconds: 2^31 of them are 340 years.
        _next = (_next + 1) & ~EncryptedFlag;
        return length + Overhead;
    }

    /// <summary>Checks and decrypts an SRTCP packet.</summary>
    /// <param name="packet">The packet; its octets are of no use when there is a fault.</param>
    /// <param name="length">Length of the RTCP packet.</param>
    public SrtpFault Unprotect(Span<byte> packet, out int length)
    {
        length = packet.Length - Overhead;
        if (length < Readable || packet.Length > SrtpContext.MaxPacket || packet[0] >> 6 != 2)
        {
            return SrtpFault.Malformed;
        }
        var trailer = packet[length..];
        var index = BinaryPrimitives.ReadUInt32BigEndian(Word(trailer));
        if ((index & EncryptedFlag) == 0)
        {
            // That reports go unencrypted would have to be agreed on (RFC 4568 section 6.3.2), and is not.
            return SrtpFault.Malformed;
        }
        index &= ~EncryptedFlag;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        var isKnown = _streams.TryGetValue(ssrc, out var stream);
        if (!isKnown && _streams.Count >= MaxStreams)
        {
            return SrtpFault.TooManyStreams;
        }
        stream ??= new ReplayWindow();
        if (!stream.MayTake(index))
        {
            return SrtpFault.Replayed;
        }
        if (!_transform.Unprotect(packet[..length], Readable, Word(trailer), index, Tag(trailer)))
        {
            return SrtpFault.Authentication;
        }
        _streams[ssrc] = stream;
        stream.Take(index);
        return SrtpFault.None;
    }

    /// <inheritdoc/>
    public void Dispose() => _transform.Dispose();

    /// <summary>The index word stands behind the tag of an AEAD suite, before that of the other ones.</summary>
    private Span<byte> Word(Span<byte> trailer) =>
        _transform.IsAead ? trailer[_transform.TagLength..] : trailer[..IndexLength];

    private Span<byte> Tag(Span<byte> trailer) =>
        _transform.IsAead ? trailer[.._transform.TagLength] : trailer[IndexLength..];
}
