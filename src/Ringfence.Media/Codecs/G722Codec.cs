namespace Ringfence.Media.Codecs;

/// <summary>
/// G.722 at 64 kbit/s: two bands of adaptive differential coding, 16 kHz sampled, 8 octets per millisecond. In RTP its clock
/// is 8 kHz (RFC 3551 section 4.5.2). One instance encodes one stream and decodes another. Not thread-safe.
/// </summary>
public sealed class G722Codec : IAudioCodec
{
    private const int Taps = 24;

    private readonly G722Band _encodedLow = new(isUpper: false);
    private readonly G722Band _encodedHigh = new(isUpper: true);
    private readonly G722Band _decodedLow = new(isUpper: false);
    private readonly G722Band _decodedHigh = new(isUpper: true);
    private readonly int[] _split = new int[Taps];
    private readonly int[] _joined = new int[Taps];

    /// <inheritdoc/>
    public AudioFormat Format => AudioFormat.G722;

    /// <inheritdoc/>
    public int SampleRate => 16000;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        var octets = samples.Length / 2;
        if (payload.Length < octets)
        {
            return -1;
        }
        for (var i = 0; i < octets; i++)
        {
            payload[i] = Encode(samples[2 * i], samples[2 * i + 1]);
        }
        return octets;
    }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        var octets = Math.Min(payload.Length, samples.Length / 2);
        for (var i = 0; i < octets; i++)
        {
            (samples[2 * i], samples[2 * i + 1]) = Decode(payload[i]);
        }
        return 2 * octets;
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private byte Encode(short first, short second)
    {
        var (even, odd) = Filter(_split, first, second);
        var low = Quantize(_encodedLow, (odd + even) >> 14);
        _encodedLow.Adapt(_encodedLow.Scale * G722Tables.Qm4[low >> 2] >> 15, G722Tables.Wl4[low >> 2]);
        var high = QuantizeHigh(_encodedHigh, (odd - even) >> 14);
        _encodedHigh.Adapt(_encodedHigh.Scale * G722Tables.Qm2[high] >> 15, G722Tables.Wh2[high]);
        return (byte)(high << 6 | low);
    }

    private (short First, short Second) Decode(byte code)
    {
        var (low, high) = (code & 63, code >> 6);
        var scale = _decodedLow.Scale;
        // The six bits are heard; the predictor follows the upper four, which 48 kbit/s would have too.
        var lower = Limit(_decodedLow.Prediction + (scale * G722Tables.Qm6[low] >> 15));
        _decodedLow.Adapt(scale * G722Tables.Qm4[low >> 2] >> 15, G722Tables.Wl4[low >> 2]);
        var difference = _decodedHigh.Scale * G722Tables.Qm2[high] >> 15;
        var upper = Limit(_decodedHigh.Prediction + difference);
        _decodedHigh.Adapt(difference, G722Tables.Wh2[high]);
        var (even, odd) = Filter(_joined, lower + upper, lower - upper);
        return ((short)G722Band.Saturate(odd >> 11), (short)G722Band.Saturate(even >> 11));
    }

    /// <summary>QUANTL.</summary>
    private static int Quantize(G722Band band, int input)
    {
        var difference = G722Band.Saturate(input - band.Prediction);
        var size = difference >= 0 ? difference : ~difference;
        var level = 1;
        while (level < G722Tables.Q6.Length && size >= G722Tables.Q6[level] * band.Scale >> 12)
        {
            level++;
        }
        return difference < 0 ? G722Tables.Iln[level] : G722Tables.Ilp[level];
    }

    /// <summary>QUANTH.</summary>
    private static int QuantizeHigh(G722Band band, int input)
    {
        var difference = G722Band.Saturate(input - band.Prediction);
        var size = difference >= 0 ? difference : ~difference;
        var isLarge = size >= 564 * band.Scale >> 12;
        return difference < 0 ? (isLarge ? 0 : 1) : (isLarge ? 2 : 3);
    }

    /// <summary>The quadrature mirror filter over the even and over the odd places, which splits and joins alike.</summary>
    private static (int Even, int Odd) Filter(int[] delay, int first, int second)
    {
        Array.Copy(delay, 2, delay, 0, Taps - 2);
        (delay[Taps - 2], delay[Taps - 1]) = (first, second);
        var (even, odd) = (0, 0);
        var mirror = G722Tables.Mirror;
        for (var i = 0; i < mirror.Length; i++)
        {
            even += delay[2 * i] * mirror[i];
            odd += delay[2 * i + 1] * mirror[mirror.Length - 1 - i];
        }
        return (even, odd);
    }

    private static int Limit(int value) => Math.Clamp(value, -16384, 16383);
}
