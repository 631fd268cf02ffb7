namespace Ringfence.Media.Codecs;

/// <summary>The tables of ITU-T G.722, under the names that the recommendation has for them.</summary>
/// <remarks>The long ones are kept out of the formatter's hands, which would give each number a line.</remarks>
internal static class G722Tables
{
    /// <summary>Half of the symmetric quadrature mirror filter (table 11), times 8192.</summary>
    public static ReadOnlySpan<int> Mirror => [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

    /// <summary>Decision levels of the lower band's 60 levels, Q6.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<int> Q6 =>
        [
            0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714,
            786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919,
        ];

    /// <summary>Codes of the lower band for negative differences, ILN.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<byte> Iln =>
        [
            0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19,
            18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
        ];

    /// <summary>Codes of the lower band for positive differences, ILP.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<byte> Ilp =>
        [
            0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47,
            46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32,
        ];

    /// <summary>Output of the 6 bit inverse quantizer, QM6.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<int> Qm6 =>
        [
            -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
            -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728,
            24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
            4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
        ];

    /// <summary>Output of the 4 bit inverse quantizer, QM4: both ends predict from it.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<int> Qm4 =>
        [
            0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0,
        ];

    /// <summary>Output of the upper band's inverse quantizer, QM2.</summary>
    public static ReadOnlySpan<int> Qm2 => [-7408, -1616, 7408, 1616];

    /// <summary>Steps of the lower band's logarithmic scale factor, WL by RL42.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<int> Wl4 =>
        [
            -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60,
        ];

    /// <summary>Steps of the upper band's logarithmic scale factor, WH by IH2.</summary>
    public static ReadOnlySpan<int> Wh2 => [798, -214, 798, -214];

    /// <summary>Antilogarithm, ILB: 2048 times 2 to the power of n/32.</summary>
    // csharpier-ignore
    public static ReadOnlySpan<int> Ilb =>
        [
            2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
            2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
        ];
}
