namespace Ringfence.Media.Codecs;

/// <summary>Changes the sampling rate of a whole recording by a windowed sinc, between rates of a whole ratio.</summary>
public static class Resampler
{
    /// <summary>Zero crossings of the sinc on either side: stop band below -60 dB.</summary>
    private const int Crossings = 24;

    /// <summary>Share of the band that is kept; the rest is for the filter's slope.</summary>
    private const double Kept = 0.92;

    /// <summary>Converts samples.</summary>
    /// <param name="samples">Linear samples of one channel.</param>
    /// <param name="from">Their rate.</param>
    /// <param name="to">The rate wanted.</param>
    public static short[] Convert(ReadOnlySpan<short> samples, int from, int to)
    {
        if (from == to)
        {
            return samples.ToArray();
        }
        var result = new short[(int)((long)samples.Length * to / from)];
        var kernels = Kernels(from, to, out var reach);
        for (var i = 0; i < result.Length; i++)
        {
            var centre = (long)i * from / to;
            var kernel = kernels[i % kernels.Length];
            var first = Math.Max(0, centre - reach);
            var last = Math.Min(samples.Length - 1, centre + reach);
            var sum = 0.0;
            for (var k = first; k <= last; k++)
            {
                sum += samples[(int)k] * kernel[(int)(k - centre) + reach];
            }
            result[i] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
        }
        return result;
    }

    /// <summary>
    /// The weights of the samples around a new one, from <paramref name="reach"/> before it on. New samples lie between the old ones in as
    /// many ways as the rates have of different steps, and then again from the beginning.
    /// </summary>
    private static double[][] Kernels(int from, int to, out int reach)
    {
        var cutoff = Kept * Math.Min(1.0, (double)to / from);
        var width = Crossings / cutoff;
        reach = (int)width + 1;
        var kernels = new double[to / (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to)][];
        for (var phase = 0; phase < kernels.Length; phase++)
        {
            var beyond = (long)phase * from % to / (double)to;
            kernels[phase] = new double[2 * reach + 1];
            for (var k = -reach; k <= reach; k++)
            {
                var distance = k - beyond;
                kernels[phase][k + reach] = Math.Abs(distance) <= width ? Kernel(distance, cutoff, width) : 0;
            }
        }
        return kernels;
    }

    private static double Kernel(double distance, double cutoff, double reach)
    {
        var angle = Math.PI * cutoff * distance;
        var sinc = angle == 0 ? 1 : Math.Sin(angle) / angle;
        // Blackman window.
        var phase = Math.PI * distance / reach;
        return cutoff * sinc * (0.42 + 0.5 * Math.Cos(phase) + 0.08 * Math.Cos(2 * phase));
    }
}
