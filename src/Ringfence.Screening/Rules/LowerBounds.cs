namespace Ringfence.Screening.Rules;

/// <summary>
/// Rules by the lower bound that they set, the highest first: a value misses the first few of them. What is left after every
/// sixteenth is kept as bits, so that leaving out a thousand rules costs no more than leaving out sixteen.
/// </summary>
internal sealed class LowerBounds
{
    private const int Stride = 16;

    private readonly double[] _bounds;
    private readonly int[] _rules;
    private readonly ulong[][] _left;

    public LowerBounds(int rules, IEnumerable<(double Bound, int Rule)> bounds)
    {
        var sorted = bounds.Where(b => b.Bound > double.NegativeInfinity).OrderByDescending(b => b.Bound).ToArray();
        _bounds = [.. sorted.Select(b => -b.Bound)];
        _rules = [.. sorted.Select(b => b.Rule)];
        var left = RuleBits.Of(rules, _ => true);
        _left = new ulong[(_rules.Length / Stride) + 1][];
        for (var missed = 0; missed <= _rules.Length; missed++)
        {
            if (missed % Stride == 0)
            {
                _left[missed / Stride] = [.. left];
            }

            if (missed < _rules.Length)
            {
                RuleBits.Remove(left, _rules[missed]);
            }
        }
    }

    public void Restrict(double value, Span<ulong> live)
    {
        var missed = FirstAtLeast(-value);
        var whole = missed / Stride;
        if (whole > 0)
        {
            RuleBits.Intersect(live, _left[whole]);
        }

        for (var i = whole * Stride; i < missed; i++)
        {
            RuleBits.Remove(live, _rules[i]);
        }
    }

    // The bounds are kept negated, in rising order; a value misses those before the first that is not below its negative.
    private int FirstAtLeast(double negative)
    {
        var (low, high) = (0, _bounds.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _bounds[middle] < negative ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
