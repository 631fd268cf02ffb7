namespace Ringfence.Media.Hearing;

/// <summary>A stretch of sound between two stretches of silence, or of one tone between two others.</summary>
/// <param name="Start">Index of its first sample.</param>
/// <param name="End">Index behind its last sample.</param>
/// <param name="Level">Power in dBm0.</param>
/// <param name="Centre">Centre of its spectrum in hertz.</param>
/// <param name="Frequencies">Its frequencies when it is a tone; empty otherwise.</param>
internal readonly record struct Burst(long Start, long End, double Level, double Centre, double[] Frequencies)
{
    public bool IsTone => Frequencies.Length > 0;

    public long Length => End - Start;

    /// <summary>One tone of 440 Hz and two of 400 and 450 have nearly the same centre, and are of two countries.</summary>
    public bool SameTone(in Burst other) =>
        IsTone
        && other.Frequencies.Length == Frequencies.Length
        && Math.Abs(Centre - other.Centre) < 0.035 * Math.Max(Centre, other.Centre);
}
