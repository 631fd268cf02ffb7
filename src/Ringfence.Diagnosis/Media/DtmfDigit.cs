using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Media;

/// <summary>One digit that somebody pressed.</summary>
/// <param name="Kind">How it was sent.</param>
/// <param name="Digit">0 to 9, *, # or A to D.</param>
/// <param name="Frame">The frame that it was first seen in.</param>
/// <param name="Time">When, in nanoseconds since 1970.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Duration">How long it was held; zero where nothing tells.</param>
/// <param name="Ended">Whether its end was seen.</param>
public sealed record DtmfDigit(
    DtmfKind Kind,
    char Digit,
    long Frame,
    long Time,
    PacketAddress Source,
    TimeSpan Duration,
    bool Ended
)
{
    /// <summary>The payload type of a named event.</summary>
    internal byte PayloadType { get; init; }
}
