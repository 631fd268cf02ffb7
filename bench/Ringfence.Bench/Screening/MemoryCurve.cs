using Ringfence.Screening.Memory;

namespace Ringfence.Bench.Screening;

/// <summary>What the machine itself takes for one read that the next one waits for, anywhere in a bare array of that size.</summary>
internal sealed class MemoryCurve
{
    private const int WordsPerLine = CacheLine.Size / sizeof(long);

    private readonly LineArray<long> _array;
    private int _at;

    internal MemoryCurve(long bytes)
    {
        int lines = (int)Math.Max(bytes / CacheLine.Size, 2);
        _array = new LineArray<long>(checked(lines * WordsPerLine));

        // One round trip through all lines in no order, each naming the next (Sattolo).
        int[] order = [.. Enumerable.Range(0, lines)];
        var random = new Random(607);
        for (int n = lines - 1; n > 0; n--)
        {
            int other = random.Next(n);
            (order[n], order[other]) = (order[other], order[n]);
        }

        for (int n = 0; n < lines; n++)
        {
            _array[n * WordsPerLine] = order[n];
        }
    }

    internal void Read(int _) => _at = (int)_array[_at * WordsPerLine];
}
