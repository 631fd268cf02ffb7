namespace Ringfence.Diagnosis.Media;

/// <summary>The outline of what was kept of a stream's audio, for drawing.</summary>
public static class StreamWaveform
{
    /// <summary>The lowest and the highest sample of each stretch of the audio; empty where the codec cannot be played here.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="points">How many stretches, at most.</param>
    public static IReadOnlyList<(short Low, short High)> Of(RtpStream stream, int points)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        var samples = StreamHearing.Samples(stream);
        var count = Math.Min(points, samples.Length);
        var outline = new (short Low, short High)[count];
        for (var i = 0; i < count; i++)
        {
            var from = (int)((long)i * samples.Length / count);
            var to = (int)((long)(i + 1) * samples.Length / count);
            var (low, high) = (short.MaxValue, short.MinValue);
            foreach (var sample in samples.AsSpan(from, to - from))
            {
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }

            outline[i] = (low, high);
        }

        return outline;
    }
}
