namespace Ringfence.Diagnosis.Capture;

/// <summary>One packet of a capture. The payload is valid only during the call that delivers it.</summary>
public readonly ref struct CapturedPacket
{
    /// <summary>The number of the frame that completed the packet, from 1, over all inputs in the order of time.</summary>
    public long Frame { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC; 0 where the source tells no time.</summary>
    public long Time { get; init; }

    /// <summary>Which of the inputs it came from, from 0.</summary>
    public int Input { get; init; }

    /// <summary>Who sent it.</summary>
    public PacketAddress Source { get; init; }

    /// <summary>Who was to get it.</summary>
    public PacketAddress Destination { get; init; }

    /// <summary>How it travelled.</summary>
    public PacketTransport Transport { get; init; }

    /// <summary>What wrote it down.</summary>
    public PacketOrigin Origin { get; init; }

    /// <summary>The six bits of the differentiated services field (RFC 2474) of the innermost IP header; 0 for logs.</summary>
    public byte Dscp { get; init; }

    /// <summary>Whether the capture holds less than was sent (snap length, or a lost part of a stream).</summary>
    public bool Truncated { get; init; }

    /// <summary>Where the payload begins in the input, so that it can be read again; 0 where it cannot.</summary>
    internal long Offset { get; init; }

    /// <summary>Bytes of a datagram that are not in <see cref="Payload"/>, as only the first ones were asked for; 0 of nearly all.</summary>
    internal int Left { get; init; }

    /// <summary>Where bytes were left: how loud they are, if they are G.711.</summary>
    internal long Loudness { get; init; }

    /// <summary>Bytes of the whole payload.</summary>
    internal int Length => Payload.Length + Left;

    /// <summary>By how many nanoseconds it came later than <see cref="Time"/>: the clock of a capture agent may be far off.</summary>
    internal long Late { get; init; }

    /// <summary>The bytes: one whole SIP message, or the payload of one datagram.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }
}
