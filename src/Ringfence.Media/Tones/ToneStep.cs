namespace Ringfence.Media.Tones;

/// <summary>One step of a cadence: a tone or silence for some time.</summary>
/// <param name="Frequency">Frequency in hertz; 0 is silence.</param>
/// <param name="Second">Second frequency, or the modulating one; 0 when there is none.</param>
/// <param name="IsModulated">Whether <paramref name="Second"/> modulates the first in amplitude, carrier kept.</param>
/// <param name="Level">dBm0 of each frequency where the step has a level of its own.</param>
/// <param name="Milliseconds">How long it lasts.</param>
public readonly record struct ToneStep(
    double Frequency,
    double Second,
    bool IsModulated,
    double? Level,
    double Milliseconds
)
{
    /// <summary>Depth of amplitude modulation (E.180 supplement 2 gives 85 ± 15 % for 400 Hz by 15 to 20 Hz).</summary>
    public const double ModulationDepth = 0.85;

    /// <summary>Whether nothing sounds.</summary>
    public bool IsSilence => Frequency == 0;

    /// <summary>Whether both are the same tone, for whatever time.</summary>
    public bool SameTone(ToneStep other) =>
        Frequency == other.Frequency && Second == other.Second && IsModulated == other.IsModulated;
}
