using System.Globalization;

namespace Ringfence.Output;

/// <summary>A bar on standard error while something long is done; nothing where standard error is no terminal.</summary>
internal sealed class ProgressLine(string what) : IDisposable
{
    private const int Width = 30;
    private const long Between = 100;
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _next = Environment.TickCount64 + (5 * Between);
    private bool _isDrawn;

    /// <summary>Draws how far it is, at most ten times a second and not before half a second has passed.</summary>
    /// <param name="part">From 0 to 1; below 0 where the end is not known.</param>
    /// <param name="detail">What stands behind the bar.</param>
    internal void Report(double part, string detail)
    {
        if (!_isShown || Environment.TickCount64 < _next)
        {
            return;
        }

        _next = Environment.TickCount64 + Between;
        _isDrawn = true;
        Console.Error.Write($"\r{Line(what, part, detail)}\e[K");
    }

    /// <summary>The line as it is drawn.</summary>
    internal static string Line(string what, double part, string detail)
    {
        if (part < 0)
        {
            return $"{what}: {detail}";
        }

        int full = (int)(Math.Min(1, part) * Width);
        string percent = (100 * Math.Min(1, part)).ToString("0", CultureInfo.InvariantCulture);
        return $"{what} [{new string('#', full)}{new string('.', Width - full)}] {percent} %  {detail}";
    }

    public void Dispose()
    {
        if (_isDrawn)
        {
            Console.Error.Write("\r\e[K");
        }
    }
}
