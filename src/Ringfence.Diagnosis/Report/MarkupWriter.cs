using System.Globalization;
using System.Net;

namespace Ringfence.Diagnosis.Report;

/// <summary>Writes HTML in which every value that is put in is escaped, and numbers are the same in every language.</summary>
internal sealed class MarkupWriter(TextWriter output)
{
    /// <summary>Markup with values in it: the values are escaped.</summary>
    public MarkupWriter Add(FormattableString markup)
    {
        var values = markup.GetArguments();
        var escaped = new object[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            escaped[i] = values[i] switch
            {
                string text => WebUtility.HtmlEncode(text),
                IFormattable number => number,
                var other => WebUtility.HtmlEncode(other?.ToString() ?? ""),
            };
        }

        output.Write(string.Format(CultureInfo.InvariantCulture, markup.Format, escaped));
        return this;
    }

    /// <summary>Markup as it is.</summary>
    public MarkupWriter Raw(string markup)
    {
        output.Write(markup);
        return this;
    }
}
