namespace Ringfence.Diagnosis.Media;

/// <summary>What the receiver of a source reported of it.</summary>
/// <param name="Count">Reports seen.</param>
/// <param name="HighestLoss">The highest fraction lost between two reports, 0 to 1.</param>
/// <param name="Lost">Packets lost in all, as the last report has it.</param>
/// <param name="HighestJitter">The highest jitter, in units of the RTP clock.</param>
/// <param name="LastFrame">The frame of the last report.</param>
public readonly record struct RtcpReport(int Count, double HighestLoss, int Lost, uint HighestJitter, long LastFrame)
{
    /// <summary>The longest time from the place of the capture to the receiver and back, or what the receiver says of it; null where nothing tells.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The receiver's own mean opinion score of listening (RFC 3611 §4.7.5), 1 to 5; null where it gave none.</summary>
    public double? ListeningScore { get; init; }
}
