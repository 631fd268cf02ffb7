using System.Runtime.CompilerServices;
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

    // Of each code the square of its sample, and above it whether it is clipped: both are summed at once, and a datagram cannot make one run
    // into the other (16,384 squares of 30 bits).
    private const int ClippedBit = 47;
    private const long PowerMask = (1L << ClippedBit) - 1;
    private static readonly long[] ALawPowers = Powers(ALaw.Decode);
    private static readonly long[] MuLawPowers = Powers(MuLaw.Decode);

    private readonly List<double> _powers = [];
    private double _power;
    private long _clipped;
    private long _looked;

    private StreamEnvelope() { }

    /// <summary>The level of all of it, in dBm0.</summary>
    public double Level => LevelOf(_looked == 0 ? 0 : 2 * _power / _looked);

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
            foreach (var power in _powers)
            {
                var level = (float)LevelOf(power);
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
            var table = format == AudioFormat.Pcma ? ALawPowers : MuLawPowers;
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

    // Once per packet that was kept: see the reader of captures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(ReadOnlySpan<byte> payload, long[] table)
    {
        long sum = 0;
        var powers = table.AsSpan(0, 256);
        for (var i = 0; i < payload.Length; i += Stride)
        {
            sum += powers[payload[i]];
        }

        _clipped += sum >> ClippedBit;
        Add(sum & PowerMask, (payload.Length + Stride - 1) / Stride);
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
        _powers.Add(looked == 0 ? 0 : 2.0 * sum / looked);
        _power += sum;
        _looked += looked;
    }

    private static double LevelOf(double power) =>
        power <= 0 ? Ringfence.Media.Codecs.Level.Silence : Ringfence.Media.Codecs.Level.OfAmplitude(Math.Sqrt(power));

    private static long[] Powers(Func<byte, short> decode) =>
        [
            .. Enumerable
                .Range(0, 256)
                .Select(code => (int)decode((byte)code))
                .Select(sample => ((long)sample * sample) | (Math.Abs(sample) >= Loudest ? 1L << ClippedBit : 0)),
        ];
}
