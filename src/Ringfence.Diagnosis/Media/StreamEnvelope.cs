using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>How loud a stream was, packet by packet: cheap enough for every stream of a trace, where listening is not.</summary>
internal sealed class StreamEnvelope
{
    // Every fourth sample tells the power of a packet well enough.
    private const int Stride = 4;

    // 20 ms, as most packets have.
    private const int Usual = StreamHearing.SampleRate / 50;

    // As far as a sample can go, less one step of G.711.
    private const int Loudest = 31_700;

    private static readonly int[] ALawSamples = [.. Enumerable.Range(0, 256).Select(c => (int)ALaw.Decode((byte)c))];
    private static readonly int[] MuLawSamples = [.. Enumerable.Range(0, 256).Select(c => (int)MuLaw.Decode((byte)c))];

    private readonly List<float> _levels = [];
    private double _power;
    private long _clipped;
    private long _looked;

    private StreamEnvelope() { }

    /// <summary>The level of each packet, in dBm0.</summary>
    public IReadOnlyList<float> Levels => _levels;

    /// <summary>The level of all of it, in dBm0.</summary>
    public double Level => LevelOf(_power, _looked);

    /// <summary>The share of samples at full scale.</summary>
    public double Clipped => _looked == 0 ? 0 : (double)_clipped / _looked;

    /// <summary>How long it plays.</summary>
    public double Seconds => (double)_looked * Stride / StreamHearing.SampleRate;

    public static StreamEnvelope Of(RtpStream stream) => stream.Envelope ??= Measure(stream);

    /// <summary>Whether it rises to an even level for a while and falls silent for longer: what every ringing tone does, and hardly any talk.</summary>
    public bool HasCadence
    {
        get
        {
            const int ToneAtLeast = 15;
            const int PauseAtLeast = 40;
            const float Even = 4;
            const float Fall = 20;
            const float Audible = -45;
            var (first, run, tone, pause) = (0f, 0, float.MinValue, 0);
            foreach (var level in _levels)
            {
                var goesOn = run > 0 && level > Audible && Math.Abs(level - first) < Even;
                (first, run) =
                    goesOn ? (first, run + 1)
                    : level > Audible ? (level, 1)
                    : (level, 0);
                (tone, pause) =
                    run >= ToneAtLeast ? (first, 0)
                    : level < tone - Fall ? (tone, pause + 1)
                    : (tone, 0);
                if (pause >= PauseAtLeast)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static StreamEnvelope Measure(RtpStream stream)
    {
        var envelope = new StreamEnvelope();
        if (stream.Format is { } format && (format == AudioFormat.Pcma || format == AudioFormat.Pcmu))
        {
            var table = format == AudioFormat.Pcma ? ALawSamples : MuLawSamples;
            stream.ReadKept(
                (in RtpHeader header, ReadOnlySpan<byte> payload) =>
                {
                    if (header.PayloadType == stream.PayloadType)
                    {
                        envelope.Take(payload, table);
                    }
                }
            );
            return envelope;
        }

        var samples = StreamHearing.Samples(stream).AsSpan();
        for (; samples.Length >= Usual; samples = samples[Usual..])
        {
            envelope.Take(samples[..Usual]);
        }

        return envelope;
    }

    private void Take(ReadOnlySpan<byte> payload, int[] table)
    {
        long sum = 0;
        var looked = 0;
        for (var i = 0; i < payload.Length; i += Stride)
        {
            long sample = table[payload[i]];
            sum += sample * sample;
            _clipped += Math.Abs(sample) >= Loudest ? 1 : 0;
            looked++;
        }

        Add(sum, looked);
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        var looked = 0;
        for (var i = 0; i < samples.Length; i += Stride)
        {
            sum += samples[i] * samples[i];
            _clipped += Math.Abs((int)samples[i]) >= Loudest ? 1 : 0;
            looked++;
        }

        Add(sum, looked);
    }

    private void Add(long sum, int looked)
    {
        _levels.Add((float)LevelOf(sum, looked));
        _power += sum;
        _looked += looked;
    }

    private static double LevelOf(double power, long samples) =>
        samples == 0
            ? Ringfence.Media.Codecs.Level.Silence
            : Math.Max(
                Ringfence.Media.Codecs.Level.Silence,
                Ringfence.Media.Codecs.Level.OfAmplitude(Math.Sqrt(2 * power / samples))
            );
}
