namespace Ringfence.Media.Codecs;

/// <summary>
/// One band of ITU-T G.722: the adaptive predictor with two poles and six zeros, and the adaptive scale of the quantizer.
/// Encoder and decoder run the same, so that both predict the same. Arithmetic is that of clause 6, bit for bit.
/// </summary>
internal sealed class G722Band(bool isUpper)
{
    private const int MaxPole2 = 12288;
    private const int Pole1Room = 15360;

    private readonly int[] _zeros = new int[6];
    private readonly int[] _differences = new int[6];
    private int _pole1;
    private int _pole2;
    private int _reconstructed1;
    private int _reconstructed2;
    private int _partial1;
    private int _partial2;
    private int _fromZeros;
    private int _logScale;

    /// <summary>The scale factor, DETL or DETH.</summary>
    public int Scale { get; private set; } = isUpper ? 8 : 32;

    /// <summary>What the predictor expects, SL or SH.</summary>
    public int Prediction { get; private set; }

    /// <summary>Learns from a quantized difference and the step of the scale that goes with it.</summary>
    public void Adapt(int difference, int step)
    {
        Rescale(step);
        var reconstructed = Saturate(Prediction + difference);
        var partial = Saturate(_fromZeros + difference);
        AdaptPoles(partial);
        AdaptZeros(difference);
        Array.Copy(_differences, 0, _differences, 1, _differences.Length - 1);
        _differences[0] = difference;
        (_partial2, _partial1) = (_partial1, partial);
        (_reconstructed2, _reconstructed1) = (_reconstructed1, reconstructed);
        Predict();
    }

    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    /// <summary>LOGSCL, SCALEL; LOGSCH, SCALEH.</summary>
    private void Rescale(int step)
    {
        _logScale = Math.Clamp((_logScale * 127 >> 7) + step, 0, isUpper ? 22528 : 18432);
        var shift = (isUpper ? 10 : 8) - (_logScale >> 11);
        var antilog = G722Tables.Ilb[(_logScale >> 6) & 31];
        Scale = (shift < 0 ? antilog << -shift : antilog >> shift) << 2;
    }

    /// <summary>UPPOL2 and UPPOL1.</summary>
    private void AdaptPoles(int partial)
    {
        var isLikeLast = IsNegative(partial) == IsNegative(_partial1);
        var isLikeBefore = IsNegative(partial) == IsNegative(_partial2);
        var four = Saturate(_pole1 << 2);
        var pull = Math.Min(isLikeLast ? -four : four, short.MaxValue) >> 7;
        var leaked = _pole2 * 32512 >> 15;
        _pole2 = Math.Clamp(pull + (isLikeBefore ? 128 : -128) + leaked, -MaxPole2, MaxPole2);
        var room = Saturate(Pole1Room - _pole2);
        _pole1 = Math.Clamp(Saturate((isLikeLast ? 192 : -192) + (_pole1 * 32640 >> 15)), -room, room);
    }

    /// <summary>UPZERO.</summary>
    private void AdaptZeros(int difference)
    {
        var step = difference == 0 ? 0 : 128;
        for (var i = 0; i < _zeros.Length; i++)
        {
            var isLike = IsNegative(_differences[i]) == IsNegative(difference);
            _zeros[i] = Saturate((isLike ? step : -step) + (_zeros[i] * 32640 >> 15));
        }
    }

    /// <summary>FILTEP, FILTEZ and PREDIC.</summary>
    private void Predict()
    {
        var fromPoles = (_pole1 * Saturate(2 * _reconstructed1) >> 15) + (_pole2 * Saturate(2 * _reconstructed2) >> 15);
        _fromZeros = 0;
        for (var i = 0; i < _zeros.Length; i++)
        {
            _fromZeros += _zeros[i] * Saturate(2 * _differences[i]) >> 15;
        }
        _fromZeros = Saturate(_fromZeros);
        Prediction = Saturate(Saturate(fromPoles) + _fromZeros);
    }

    private static bool IsNegative(int value) => value < 0;
}
