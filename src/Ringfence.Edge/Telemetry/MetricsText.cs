using System.Globalization;
using System.Text;

namespace Ringfence.Edge.Telemetry;

/// <summary>
/// The text exposition format 0.0.4 of Prometheus: dots become underscores, seconds get their name, counters end in <c>_total</c>.
/// </summary>
internal static class MetricsText
{
    internal const string Type = "text/plain; version=0.0.4; charset=utf-8";

    internal static string Of(IEnumerable<MeterFamily> families)
    {
        var text = new StringBuilder();
        foreach (MeterFamily family in families)
        {
            string name = Name(family);
            string kind =
                family.IsHistogram ? "histogram"
                : family.IsGauge ? "gauge"
                : "counter";
            text.Append("# HELP ").Append(name).Append(' ').Append(Escape(family.Instrument.Description ?? "", false));
            text.Append("\n# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
            foreach (MeterSeries series in family.Series)
            {
                if (family.IsHistogram)
                {
                    Histogram(text, name, series);
                }
                else
                {
                    Line(text, name, series, null, series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void Histogram(StringBuilder text, string name, MeterSeries series)
    {
        long below = 0;
        for (int i = 0; i < MeterSeries.Bounds.Length; i++)
        {
            below += series.Bucket(i);
            Line(text, name + "_bucket", series, MeterSeries.Bounds[i].ToString(CultureInfo.InvariantCulture), below);
        }

        below += series.Bucket(MeterSeries.Bounds.Length);
        Line(text, name + "_bucket", series, "+Inf", below);
        Line(text, name + "_sum", series, null, series.Value);
        Line(text, name + "_count", series, null, below);
    }

    private static void Line(StringBuilder text, string name, MeterSeries series, string? bound, double value)
    {
        IEnumerable<string> labels = series.Labels.Select(label =>
            $"{Word(label.Key)}=\"{Escape(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "", true)}\""
        );
        string[] all = bound is null ? [.. labels] : [.. labels, $"le=\"{bound}\""];
        text.Append(name);
        if (all.Length > 0)
        {
            text.Append('{').AppendJoin(',', all).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Name(MeterFamily family) =>
        Word(family.Instrument.Name)
        + (family.Instrument.Unit == "s" ? "_seconds" : "")
        + (family.IsHistogram || family.IsGauge ? "" : "_total");

    private static string Word(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escape(string text, bool isQuoted)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isQuoted ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
