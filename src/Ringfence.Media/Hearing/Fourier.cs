namespace Ringfence.Media.Hearing;

/// <summary>Fast Fourier transform of a power-of-two length, in place, by the radix-2 scheme of Cooley and Tukey.</summary>
internal sealed class Fourier
{
    private readonly double[] _cosine;
    private readonly double[] _sine;

    public Fourier(int length)
    {
        Length = length;
        _cosine = new double[length / 2];
        _sine = new double[length / 2];
        for (var i = 0; i < length / 2; i++)
        {
            (_sine[i], _cosine[i]) = Math.SinCos(-2 * Math.PI * i / length);
        }
    }

    public int Length { get; }

    public void Transform(Span<double> real, Span<double> imaginary)
    {
        Reorder(real, imaginary);
        for (var half = 1; half < Length; half *= 2)
        {
            var stride = Length / (2 * half);
            for (var start = 0; start < Length; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (c, s) = (_cosine[k * stride], _sine[k * stride]);
                    var (even, odd) = (start + k, start + k + half);
                    var re = real[odd] * c - imaginary[odd] * s;
                    var im = real[odd] * s + imaginary[odd] * c;
                    (real[odd], imaginary[odd]) = (real[even] - re, imaginary[even] - im);
                    (real[even], imaginary[even]) = (real[even] + re, imaginary[even] + im);
                }
            }
        }
    }

    private void Reorder(Span<double> real, Span<double> imaginary)
    {
        var reversed = 0;
        for (var i = 1; i < Length; i++)
        {
            var bit = Length >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
            {
                reversed ^= bit;
            }
            reversed |= bit;
            if (i < reversed)
            {
                (real[i], real[reversed]) = (real[reversed], real[i]);
                (imaginary[i], imaginary[reversed]) = (imaginary[reversed], imaginary[i]);
            }
        }
    }
}
