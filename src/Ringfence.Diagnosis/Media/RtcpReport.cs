namespace Ringfence.Diagnosis.Media;

/// <summary>What the receiver of a source reported of it.</summary>
/// <param name="Count">Reports seen.</param>
/// <param name="HighestLoss">The highest fraction lost between two reports, 0 to 1.</param>
/// <param name="Lost">Packets lost in all, as the last report has it.</param>
/// <param name="HighestJitter">The highest jitter, in units of the RTP clock.</param>
/// <param name="LastFrame">The frame of the last report.</param>
public readonly record struct RtcpReport(int Count, double HighestLoss, int Lost, uint HighestJitter, long LastFrame);
