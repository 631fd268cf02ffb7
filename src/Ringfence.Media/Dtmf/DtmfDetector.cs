using System.Runtime.Intrinsics;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Dtmf;

/// <summary>
/// Hears digits in the audio (ITU-T Q.24) by eight Goertzel filters over blocks of 12.75 ms at 8 kHz. Against speech:
/// both tones must hold nearly all of the power, stand out from their neighbours, and last three blocks. Not
/// thread-safe.
/// </summary>
public sealed class DtmfDetector
{
    private const int SampleRate = 8000;
    private const int BlockLength = 102;

    /// <summary>Blocks in a row that make a digit: Q.24 wants 40 ms heard and 23 ms not.</summary>
    private const int Needed = 3;

    /// <summary>Power below which nothing is looked for, in dBm0.</summary>
    private const double Quietest = -36;

    /// <summary>Share of the block's power that the two tones hold.</summary>
    private const double Purity = 0.75;

    /// <summary>Most that one group may be stronger than the other: 8 dB either way, as a ratio of powers.</summary>
    private const double Twist = 6.3;

    /// <summary>How far a tone stands out from the others of its group: 6 dB.</summary>
    private const double StandsOut = 4;

    private static readonly double[] Low = [697, 770, 852, 941];
    private static readonly double[] High = [1209, 1336, 1477, 1633];
    private static readonly double[] Coefficients = [.. Low.Concat(High).Select(Coefficient)];

    private readonly short[] _block = new short[BlockLength];
    private int _filled;
    private bool _isMadeUp;
    private char? _candidate;
    private int _run;
    private char? _reported;
    private int _absent;

    /// <summary>The digit whose tones are being heard; null for none.</summary>
    internal char? Held => _reported;

    /// <summary>Takes samples and reports digits that begin in them.</summary>
    /// <param name="samples">Linear samples at 8 kHz.</param>
    /// <param name="now">When they came.</param>
    /// <param name="pressed">Told of every digit.</param>
    public void Hear(ReadOnlySpan<short> samples, TimeSpan now, Action<DtmfDigit> pressed) =>
        Hear(samples, now, isMadeUp: false, pressed);

    /// <summary>
    /// The same of samples that may stand for lost ones: those carry a digit on, but neither begin nor end one.
    /// </summary>
    internal void Hear(ReadOnlySpan<short> samples, TimeSpan now, bool isMadeUp, Action<DtmfDigit> pressed)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, BlockLength - _filled);
            samples[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            _isMadeUp |= isMadeUp;
            samples = samples[count..];
            if (_filled == BlockLength)
            {
                var heard = Digit();
                if ((!_isMadeUp || heard == _candidate) && Next(heard) is { } digit)
                {
                    pressed(new DtmfDigit(digit, now, DtmfSource.InBand));
                }
                (_filled, _isMadeUp) = (0, false);
            }
        }
    }

    private char? Next(char? heard)
    {
        _run = heard is not null && heard == _candidate ? _run + 1 : 1;
        _candidate = heard;
        // One block may be spoilt by a lost packet; two without the digit are its end.
        _absent = heard == _reported ? 0 : _absent + 1;
        if (_absent >= 2)
        {
            _reported = null;
        }
        if (heard is null || _run < Needed || _reported == heard)
        {
            return null;
        }
        _reported = heard;
        _absent = 0;
        return heard;
    }

    private char? Digit()
    {
        if (Level.Of(_block) < Quietest)
        {
            return null;
        }
        Span<double> powers = stackalloc double[8];
        Powers(powers);
        var low = Strongest(powers[..4]);
        var high = Strongest(powers[4..]);
        if (low < 0 || high < 0)
        {
            return null;
        }
        var (weak, strong) = (Math.Min(powers[low], powers[4 + high]), Math.Max(powers[low], powers[4 + high]));
        return strong > Twist * weak || powers[low] + powers[4 + high] < Purity * Total()
            ? null
            : "123A456B789C*0#D"[4 * low + high];
    }

    private static int Strongest(ReadOnlySpan<double> powers)
    {
        var best = 0;
        for (var i = 1; i < powers.Length; i++)
        {
            best = powers[i] > powers[best] ? i : best;
        }
        for (var i = 0; i < powers.Length; i++)
        {
            if (i != best && powers[i] * StandsOut > powers[best])
            {
                return -1;
            }
        }
        return best;
    }

    /// <summary>Power of each frequency in the block, on the scale of <see cref="Total"/>.</summary>
    private void Powers(Span<double> powers)
    {
        // Four pairs side by side: each sample of a filter waits for the one before, and the others fill that time.
        Pair one = new(0);
        Pair two = new(2);
        Pair three = new(4);
        Pair four = new(6);
        foreach (var sample in _block)
        {
            var next = Vector128.Create((double)sample);
            one.Take(next);
            two.Take(next);
            three.Take(next);
            four.Take(next);
        }
        one.Power.CopyTo(powers);
        two.Power.CopyTo(powers[2..]);
        three.Power.CopyTo(powers[4..]);
        four.Power.CopyTo(powers[6..]);
    }

    private double Total()
    {
        double sum = 0;
        foreach (var sample in _block)
        {
            sum += (double)sample * sample;
        }
        return sum;
    }

    private static double Coefficient(double frequency) => 2 * Math.Cos(2 * Math.PI * frequency / SampleRate);

    /// <summary>The filters of two frequencies (Goertzel).</summary>
    private struct Pair(int first)
    {
        private readonly Vector128<double> _coefficient = Vector128.Create(Coefficients.AsSpan(first, 2));
        private Vector128<double> _previous;
        private Vector128<double> _before;

        public readonly Vector128<double> Power =>
            2
            * (_previous * _previous + _before * _before - _coefficient * _previous * _before)
            / Vector128.Create((double)BlockLength);

        public void Take(Vector128<double> sample)
        {
            var next = sample + _coefficient * _previous - _before;
            _before = _previous;
            _previous = next;
        }
    }
}
