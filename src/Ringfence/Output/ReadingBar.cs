using System.Globalization;

namespace Ringfence.Output;

/// <summary>How far a long input has been read, on one line of the terminal that is taken away at the end.</summary>
internal sealed class ReadingBar : IDisposable
{
    private const long Long = 16 << 20;
    private const int Cells = 32;
    private readonly TextWriter _output;
    private readonly long _total;
    private readonly bool _shown;
    private bool _written;

    internal ReadingBar(TextWriter output, long total, bool isTerminal)
    {
        (_output, _total) = (output, total);
        _shown = isTerminal && total >= Long;
    }

    internal void Report(long position)
    {
        if (!_shown)
        {
            return;
        }

        _written = true;
        double share = Math.Clamp(position / (double)_total, 0, 1);
        int full = (int)(share * Cells);
        _output.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\r{new string('█', full)}{new string('░', Cells - full)} {share * 100, 3:0} %  {position >> 20} of {_total >> 20} MB"
            )
        );
    }

    public void Dispose()
    {
        if (_written)
        {
            _output.Write("\r\e[K");
        }
    }
}
