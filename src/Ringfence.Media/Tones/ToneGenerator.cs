using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tones;

/// <summary>
/// Renders a cadence: steps begin on the exact sample, oscillators keep their phase from burst to burst, and bursts
/// rise and fall within <see cref="RampMilliseconds"/> so that nothing clicks. Not thread-safe.
/// </summary>
public sealed class ToneGenerator
{
    /// <summary>How long a burst takes to rise and to fall, within its time.</summary>
    public const double RampMilliseconds = 2.5;

    private readonly Burst[] _bursts;
    private long _position;

    /// <summary>Prepares a cadence.</summary>
    /// <param name="cadence">The tone.</param>
    /// <param name="sampleRate">Samples per second, such as 8000 or 16000.</param>
    /// <exception cref="ArgumentException">The cadence has no step that lasts a sample.</exception>
    public ToneGenerator(ToneCadence cadence, int sampleRate)
    {
        SampleRate = sampleRate;
        _bursts = new Burst[cadence.Steps.Count];
        var end = 0.0;
        for (var i = 0; i < _bursts.Length; i++)
        {
            var start = Samples(end);
            end += cadence.Steps[i].Milliseconds;
            _bursts[i] = new Burst(cadence, i, start, Samples(end), sampleRate);
        }
        Period = _bursts[^1].End;
        if (Period == 0)
        {
            throw new ArgumentException("A cadence lasts at least one sample.", nameof(cadence));
        }

        // Rounded from the beginning of the period, so that fractions of a sample do not add up.
        long Samples(double milliseconds) => (long)Math.Round(milliseconds * sampleRate / 1000);
    }

    internal int SampleRate { get; }

    /// <summary>Samples until the cadence begins anew.</summary>
    internal long Period { get; }

    /// <summary>
    /// Whether one period is like the next: a pause stands between the two, or every oscillator is back where it began.
    /// </summary>
    internal bool Repeats =>
        _bursts[0].IsSilence || _bursts[^1].IsSilence || _bursts.All(burst => burst.IsBack(Period));

    /// <summary>Goes back to the beginning of the cadence.</summary>
    public void Restart() => _position = 0;

    /// <summary>Renders the next samples.</summary>
    public void Read(Span<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var within = _position % Period;
            var at = 0;
            while (within >= _bursts[at].End)
            {
                at++;
            }
            ref readonly var burst = ref _bursts[at];
            var count = (int)Math.Min(samples.Length, burst.End - within);
            burst.Render(samples[..count], _position, within);
            samples = samples[count..];
            _position += count;
        }
    }

    private readonly struct Burst
    {
        /// <summary>A thousandth of a turn.</summary>
        private const long Little = (1L << 32) / 1000;

        private readonly long _start;
        private readonly int _ramp;
        private readonly bool _rises;
        private readonly bool _falls;
        private readonly bool _isModulated;
        private readonly uint _step;
        private readonly uint _second;
        private readonly float _amplitude;

        public Burst(ToneCadence cadence, int index, long start, long end, int sampleRate)
        {
            var step = cadence.Steps[index];
            _start = start;
            End = end;
            _amplitude = step.IsSilence ? 0 : (float)Level.AmplitudeOf(step.Level ?? cadence.Level);
            _step = Sine.Step(step.Frequency, sampleRate);
            _second = Sine.Step(step.Second, sampleRate);
            _isModulated = step.IsModulated;
            _ramp = (int)Math.Min(RampMilliseconds * sampleRate / 1000, (end - start) / 2);
            // Where the same tone goes on at the same level, there is no edge.
            _rises = !GoesOn(step, cadence.Steps[(index + cadence.Steps.Count - 1) % cadence.Steps.Count]);
            _falls = !GoesOn(step, cadence.Steps[(index + 1) % cadence.Steps.Count]);
        }

        public long End { get; }

        public bool IsSilence => _amplitude == 0;

        /// <summary>Whether the phases after some samples differ from those at the beginning by no more than can be heard.</summary>
        public bool IsBack(long samples) =>
            Math.Abs(unchecked((int)(samples * _step))) < Little
            && Math.Abs(unchecked((int)(samples * _second))) < Little;

        /// <summary>Renders samples of this burst.</summary>
        /// <param name="samples">Where they go.</param>
        /// <param name="position">Samples since the beginning, for the phase.</param>
        /// <param name="within">Samples since the beginning of the period, for the edges.</param>
        public void Render(Span<short> samples, long position, long within)
        {
            if (_amplitude == 0)
            {
                samples.Clear();
                return;
            }
            var phase = unchecked((uint)(position * _step));
            var second = unchecked((uint)(position * _second));
            for (var i = 0; i < samples.Length; i++)
            {
                var value = Sine.Of(phase);
                if (_isModulated)
                {
                    value *= 1 + (float)ToneStep.ModulationDepth * Sine.Of(second);
                }
                else if (_second != 0)
                {
                    value += Sine.Of(second);
                }
                value *= _amplitude * Envelope(within + i);
                samples[i] = (short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue);
                phase += _step;
                second += _second;
            }
        }

        private float Envelope(long within)
        {
            var edge = Math.Min(_rises ? within - _start : _ramp, _falls ? End - 1 - within : _ramp);
            // Raised cosine: half a period over the ramp.
            return edge >= _ramp ? 1 : 0.5f - 0.5f * Sine.CosineOf((uint)((edge + 0.5) / _ramp * (1L << 31)));
        }

        private static bool GoesOn(ToneStep step, ToneStep neighbour) =>
            step.SameTone(neighbour) && step.Level == neighbour.Level;
    }
}
