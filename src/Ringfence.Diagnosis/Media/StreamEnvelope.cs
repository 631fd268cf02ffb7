using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// How loud a stream was, packet by packet: cheap enough for every stream of a trace, where listening is not. G.711 is measured as it passes,
/// which is cheaper than to come back for it.
/// </summary>
internal sealed class StreamEnvelope
{
    // 20 ms, as most packets have; every second one is looked at.
    private const int Usual = StreamHearing.SampleRate / 50;

    // Ratios of power: 4 dB, 20 dB, and -45 dBm0 against a sine of full scale.
    private const double Even = 2.511_886_431_509_580;
    private const double Fall = 100;
    private static readonly double Audible = Math.Pow(Ringfence.Media.Codecs.Level.AmplitudeOf(-45), 2);

    private double _power;
    private double _first;
    private double _tone;
    private int _run;
    private int _pause;
    private long _clipped;
    private long _looked;

    /// <summary>The level of all of it, in dBm0.</summary>
    public double Level => LevelOf(_looked == 0 ? 0 : 2 * _power / _looked);

    /// <summary>The share of samples at full scale.</summary>
    public double Clipped => _looked == 0 ? 0 : (double)_clipped / _looked;

    /// <summary>How long it plays.</summary>
    public double Seconds => 2.0 * _looked * G711Loudness.Stride / StreamHearing.SampleRate;

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
        for (; samples.Length >= 2 * Usual; samples = samples[(2 * Usual)..])
        {
            envelope.Take(samples[..Usual]);
        }

        return envelope;
    }

    /// <summary>Whether it rises to an even level for a while and falls silent for longer: what every ringing tone does, and hardly any talk.</summary>
    public bool HasCadence { get; private set; }

    private void TakeG711(RtpStream stream, bool isALaw) =>
        stream.ReadKept(
            (in RtpHeader header, ReadOnlySpan<byte> payload) =>
            {
                if (header.PayloadType == stream.PayloadType && header.Sequence % 2 == 0)
                {
                    Take(G711Loudness.Of(isALaw, payload), payload.Length);
                }
            }
        );

    /// <summary>Takes the loudness of one packet of G.711.</summary>
    public void Take(long loudness, int payloadLength)
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
        Follow(looked == 0 ? 0 : 2.0 * sum / looked);
        _power += sum;
        _looked += looked;
    }

    // A tone is a run of packets alike; the pause after it, packets far below it.
    private void Follow(double power)
    {
        const int ToneAtLeast = 8;
        const int PauseAtLeast = 20;
        var goesOn = _run > 0 && power > Audible && power < _first * Even && power * Even > _first;
        (_first, _run) =
            goesOn ? (_first, _run + 1)
            : power > Audible ? (power, 1)
            : (power, 0);
        (_tone, _pause) =
            _run >= ToneAtLeast ? (_first, 0)
            : power * Fall < _tone ? (_tone, _pause + 1)
            : (_tone, 0);
        HasCadence |= _pause >= PauseAtLeast;
    }

    private static double LevelOf(double power) =>
        power <= 0 ? Ringfence.Media.Codecs.Level.Silence : Ringfence.Media.Codecs.Level.OfAmplitude(Math.Sqrt(power));
}
