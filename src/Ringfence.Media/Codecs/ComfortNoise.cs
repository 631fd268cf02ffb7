namespace Ringfence.Media.Codecs;

/// <summary>
/// Comfort noise (RFC 3389): while the far side is silent it says now and then how loud its background is, and that is
/// played as noise. White noise; the spectrum that a payload may give is left aside. Not thread-safe.
/// </summary>
/// <param name="random">Gives the noise.</param>
public sealed class ComfortNoise(Random random)
{
    /// <summary>The lowest level that can be said, in dBov.</summary>
    public const int Lowest = -127;

    /// <summary>Power of a full-scale square wave, which is 0 dBov, in dBm0.</summary>
    private const double OverloadPower = Level.FullScale + 3.01;

    private double _amplitude;

    /// <summary>Takes a payload; one without a level changes nothing.</summary>
    public void Receive(ReadOnlySpan<byte> payload)
    {
        if (LevelOf(payload) is { } level)
        {
            // Evenly spread samples have a third of the power of a square wave of their height.
            _amplitude = level == Lowest ? 0 : 32768 * Math.Sqrt(3) * Math.Pow(10, level / 20.0);
        }
    }

    /// <summary>Fills the span with noise at the level that was received last; silence before the first.</summary>
    public void Read(Span<short> samples)
    {
        foreach (ref var sample in samples)
        {
            var value = _amplitude * (2 * random.NextDouble() - 1);
            sample = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>The level of a payload in dBov, 0 to -127, or null when it is empty. The upper bit is ignored.</summary>
    public static int? LevelOf(ReadOnlySpan<byte> payload) => payload.IsEmpty ? null : -(payload[0] & 0x7F);

    /// <summary>The payload, one octet, for background like these samples.</summary>
    public static byte PayloadOf(ReadOnlySpan<short> background) =>
        (byte)Math.Clamp(Math.Round(OverloadPower - Level.Of(background)), 0, -Lowest);
}
