using System.Runtime.CompilerServices;

namespace Ringfence.Media.Tones;

/// <summary>
/// One period of a cadence at one rate, rendered once and shared by every call that plays it; as far as somebody has played it, so
/// that nobody waits for the whole. Thread-safe.
/// </summary>
internal sealed class RenderedTone
{
    /// <summary>Longest period that is kept, in samples: 10 s at 48 kHz.</summary>
    private const int Longest = 480_000;

    private static readonly ConditionalWeakTable<ToneCadence, RenderedTone?[]> Known = [];

    private readonly Lock _lock = new();
    private readonly ToneGenerator _generator;
    private readonly short[] _samples;
    private int _rendered;

    private RenderedTone(ToneGenerator generator)
    {
        _generator = generator;
        _samples = new short[generator.Period];
    }

    /// <summary>
    /// The period of a cadence; null for one that is too long, and for one whose oscillators are elsewhere when it begins anew
    /// without a pause, which would click.
    /// </summary>
    public static RenderedTone? Of(ToneCadence cadence, int sampleRate)
    {
        var rates = Known.GetValue(cadence, static _ => new RenderedTone?[6]);
        lock (rates)
        {
            var at = Array.FindIndex(rates, tone => tone is null || tone._generator.SampleRate == sampleRate);
            if (at >= 0 && rates[at] is { } known)
            {
                return known;
            }
            var generator = new ToneGenerator(cadence, sampleRate);
            if (at < 0 || generator.Period > Longest || !generator.Repeats)
            {
                return null;
            }
            return rates[at] = new RenderedTone(generator);
        }
    }

    /// <summary>Copies samples.</summary>
    /// <param name="position">Samples since the beginning of the tone.</param>
    /// <param name="samples">Where they go.</param>
    public void Read(long position, Span<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var at = (int)(position % _samples.Length);
            var count = Math.Min(samples.Length, _samples.Length - at);
            if (at + count > Volatile.Read(ref _rendered))
            {
                Render(at + count);
            }
            _samples.AsSpan(at, count).CopyTo(samples);
            samples = samples[count..];
            position += count;
        }
    }

    private void Render(int end)
    {
        lock (_lock)
        {
            if (end > _rendered)
            {
                _generator.Read(_samples.AsSpan(_rendered, end - _rendered));
                Volatile.Write(ref _rendered, end);
            }
        }
    }
}
