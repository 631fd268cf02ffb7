namespace Ringfence.Bench.Load;

/// <summary>What one run of calls gave.</summary>
internal sealed record LoadResult(int Sent, int Done, TimeSpan Took, TimeSpan ServerCpu, double P50, double P99)
{
    internal double CallsPerSecond => Done / Took.TotalSeconds;

    /// <summary>CPU time of the server per call, in microseconds.</summary>
    internal double CpuPerCall => Done == 0 ? double.NaN : ServerCpu.TotalMicroseconds / Done;
}
