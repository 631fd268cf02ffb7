namespace Ringfence.Sip.Transport;

/// <summary>
/// What a <see cref="MemoryNetwork"/> does to messages on the way in one direction. Loss, duplication and jitter touch UDP only:
/// a stream delivers everything once and in order.
/// </summary>
public sealed record LinkConditions
{
    /// <summary>Everything arrives, once, after one millisecond.</summary>
    public static LinkConditions Perfect { get; } = new();

    /// <summary>Milliseconds from sending to delivery.</summary>
    public int Delay { get; init; } = 1;

    /// <summary>Up to so many more milliseconds, drawn per message: messages overtake each other within it.</summary>
    public int Jitter { get; init; }

    /// <summary>Share of messages that never arrive, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Share of messages that arrive twice, each with its own delay, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>
    /// True when nothing gets through and the sender is told so after <see cref="Delay"/> (an ICMP error, a refused connection).
    /// </summary>
    public bool Refuses { get; init; }

    /// <summary>True when stream connections are refused, whatever becomes of datagrams.</summary>
    public bool RefusesStreams { get; init; }
}
