using System.Globalization;
using System.Text;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Report;

/// <summary>Draws audio as SVG: the highest and lowest sample of each slice, what is tone and what is silence behind it.</summary>
internal static class Waveform
{
    private const int Width = 800;
    private const int Half = 36;
    private const double MostScale = 12;
    private const int Rate = 8_000;

    public static string Draw(ReadOnlySpan<short> samples, IReadOnlyList<HeardSegment> heard)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg class="wave" viewBox="0 0 {Width} {2 * Half}" preserveAspectRatio="none" aria-hidden="true">"""
        );
        var seconds = samples.Length / (double)Rate;
        foreach (var segment in heard)
        {
            var style =
                segment.Kind == HeardKind.Silence ? "gap"
                : segment.Kind == HeardKind.Speech ? null
                : "tone";
            if (style is not null)
            {
                var x = segment.Start.TotalSeconds / seconds * Width;
                var width = (segment.End - segment.Start).TotalSeconds / seconds * Width;
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"""<rect class="{style}" x="{x:0.#}" y="0" width="{width:0.#}" height="{2 * Half}"/>"""
                );
            }
        }

        // As loud as it is, but never so small that nothing is to be seen.
        var peak = 1.0;
        foreach (var sample in samples)
        {
            peak = Math.Max(peak, Math.Abs((int)sample));
        }

        var scale = Math.Min(MostScale, 30_000 / peak);
        svg.Append("""<path class="wv" d="M0 36""");
        var lows = new StringBuilder();
        for (var x = 0; x < Width; x++)
        {
            var slice = samples[(int)((long)x * samples.Length / Width)..(int)((long)(x + 1) * samples.Length / Width)];
            var (low, high) = (0, 0);
            foreach (var sample in slice)
            {
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }

            svg.Append(CultureInfo.InvariantCulture, $"L{x} {Height(high * scale) - 0.4:0.#}");
            lows.Insert(0, string.Create(CultureInfo.InvariantCulture, $"L{x} {Height(low * scale) + 0.4:0.#}"));
        }

        return svg.Append(lows).Append("""Z"/><line class="head" x1="0" x2="0" y1="0" y2="72"/></svg>""").ToString();
    }

    private static double Height(double sample) => Half - (sample / 32_768.0 * (Half - 1));
}
