using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// How loud a stream was, packet by packet: cheap enough for every stream of a trace, where listening is not. G.711 is measured as it passes,
/// which is cheaper than to come back for it.
/// </summary>
internal sealed class StreamEnvelope
{
    // 20 ms, as most packets have.
    private const int Usual = StreamHearing.SampleRate / 50;

    // Ratios of power: 4 dB, 20 dB, and -45 dBm0 against a sine of full scale.
    private const double Even = 2.511_886_431_509_580;
    private const double Fall = 100;
    private static readonly double Audible = Math.Pow(Ringfence.Media.Codecs.Level.AmplitudeOf(-45), 2);

    private readonly List<double> _powers = [];
    private double _power;
    private long _clipped;
    private long _looked;

    /// <summary>The level of all of it, in dBm0.</summary>
    public double Level => LevelOf(_looked == 0 ? 0 : 2 * _power / _looked);

    /// <summary>The share of samples at full scale.</summary>
    public double Clipped => _looked == 0 ? 0 : (double)_clipped / _looked;

    /// <summary>How long it plays.</summary>
    public double Seconds => (double)_looked * G711Loudness.Stride / StreamHearing.SampleRate;

    /// <summary>The envelope of what was kept of a stream.</summary>
    public static StreamEnvelope Of(RtpStream stream)
    {
        var envelope = new StreamEnvelope();
        if (stream.Format == AudioFormat.Pcma || stream.Format == AudioFormat.Pcmu)
        {
            envelope.TakeG711(stream, stream.Format == AudioFormat.Pcma);
            return envelope;
        }

        var samples = StreamHearing.Samples(stream).AsSpan();
        for (; samples.Length >= Usual; samples = samples[Usual..])
        {
            envelope.Take(samples[..Usual]);
        }

        return envelope;
    }

    /// <summary>Whether it rises to an even level for a while and falls silent for longer: what every ringing tone does, and hardly any talk.</summary>
    public bool HasCadence
    {
        get
        {
            const int ToneAtLeast = 15;
            const int PauseAtLeast = 40;
            var (first, run, tone, pause) = (0.0, 0, 0.0, 0);
            foreach (var power in _powers)
            {
                var goesOn = run > 0 && power > Audible && power < first * Even && power * Even > first;
                (first, run) =
                    goesOn ? (first, run + 1)
                    : power > Audible ? (power, 1)
                    : (power, 0);
                (tone, pause) =
                    run >= ToneAtLeast ? (first, 0)
                    : power * Fall < tone ? (tone, pause + 1)
                    : (tone, 0);
                if (pause >= PauseAtLeast)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void TakeG711(RtpStream stream, bool isALaw)
    {
        if (stream.MeasuredType == stream.PayloadType && (stream.PayloadType == 8) == isALaw)
        {
            ref readonly var packets = ref stream.Kept;
            _powers.EnsureCapacity(packets.Count);
            for (var i = 0; i < packets.Count; i++)
            {
                if (packets[i] is { Loudness: >= 0 } kept)
                {
                    Take(kept.Loudness, kept.Length - RtpPacket.HeaderLength);
                }
            }

            return;
        }

        stream.ReadKept(
            (in RtpHeader header, ReadOnlySpan<byte> payload) =>
            {
                if (header.PayloadType == stream.PayloadType)
                {
                    Take(G711Loudness.Of(isALaw, payload), payload.Length);
                }
            }
        );
    }

    private void Take(long loudness, int payloadLength)
    {
        _clipped += G711Loudness.Clipped(loudness);
        Add(G711Loudness.Squares(loudness), G711Loudness.Looked(payloadLength));
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        var looked = 0;
        for (var i = 0; i < samples.Length; i += G711Loudness.Stride)
        {
            sum += samples[i] * samples[i];
            _clipped += Math.Abs((int)samples[i]) >= G711Loudness.Loudest ? 1 : 0;
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
}
