using Ringfence.Media.Tones;

namespace Ringfence.Media.Hearing;

/// <summary>Recognizes the three rising tones of special information, and which of them it is.</summary>
internal sealed class SpecialInformationMatch(TonePlan plan)
{
    private const double LongestGap = 60;
    private const double ShortestTone = 200;
    private const double LongestTone = 450;
    private static readonly (double Low, double High)[] Bands = [(870, 1020), (1340, 1480), (1730, 1890)];

    /// <summary>The name of the tone that begins at a burst, or null.</summary>
    /// <param name="bursts">The bursts.</param>
    /// <param name="first">Index of the burst.</param>
    /// <param name="perMillisecond">Samples per millisecond.</param>
    public string? Find(IReadOnlyList<Burst> bursts, int first, double perMillisecond)
    {
        if (first + Bands.Length > bursts.Count)
        {
            return null;
        }
        for (var i = 0; i < Bands.Length; i++)
        {
            var burst = bursts[first + i];
            var length = burst.Length / perMillisecond;
            var gap = i == 0 ? 0 : (burst.Start - bursts[first + i - 1].End) / perMillisecond;
            if (
                burst.Frequencies.Length != 1
                || burst.Frequencies[0] < Bands[i].Low
                || burst.Frequencies[0] > Bands[i].High
                || length is < ShortestTone or > LongestTone
                || gap > LongestGap
            )
            {
                return null;
            }
        }
        return plan.SpecialInformation.MinBy(tone => Distance(tone, bursts, first, perMillisecond))!.Name;
    }

    private static double Distance(
        SpecialInformationTone tone,
        IReadOnlyList<Burst> bursts,
        int first,
        double perMillisecond
    )
    {
        var steps = tone.Cadence.Steps.Where(step => !step.IsSilence).ToList();
        var distance = 0.0;
        for (var i = 0; i < Bands.Length; i++)
        {
            var burst = bursts[first + i];
            // 35 Hz tell the low from the high variant, 50 ms the short from the long one.
            distance += Math.Abs(burst.Frequencies[0] - steps[i].Frequency) / 35;
            distance += Math.Abs(burst.Length / perMillisecond - steps[i].Milliseconds) / 50;
        }
        return distance;
    }
}
