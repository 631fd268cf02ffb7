using System.Globalization;
using System.Net;
using System.Text;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Writes elements: numbers the same in every culture, texts escaped.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes markup; numbers in it are written as XML has them.</summary>
    public SvgWriter Add(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public SvgWriter Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public SvgWriter Title(string text) => Add($"<title>{Escape(text)}</title>");

    public SvgWriter Text(string style, double x, double y, string text) =>
        Add($"""<text class="{style}" x="{x:0.#}" y="{y:0.#}">{Escape(text)}</text>""");

    public SvgWriter Line(string style, double x1, double y1, double x2, double y2) =>
        Add($"""<line class="{style}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    public override string ToString() => _text.ToString();

    // What XML 1.0 cannot hold even escaped (§2.2) comes from peers as well.
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(
            text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0
                ? text
                : new string([.. text.Select(c => c is < ' ' and not ('\n' or '\t') ? ' ' : c)])
        );

    public static string Cut(string text, double room)
    {
        var length = Math.Max(1, (int)room);
        return text.Length <= length ? text : text[..(length - 1)] + "…";
    }

    /// <summary>About as wide as the text will be: nothing measures letters here.</summary>
    public static double Width(string text, bool isLight) =>
        text.Sum(c =>
            c is >= 'A' and <= 'Z' or >= '0' and <= '9' ? 8.6
            : c is 'i' or 'l' or 't' or 'r' or 'f' or ' ' or '/' or '.' ? 4.6
            : 7.4
        ) * (isLight ? 0.94 : 1.02);

    // Of a long name both ends tell most: the prefix of an address, and its host.
    public static string Middle(string text, int room) =>
        text.Length <= room
            ? text
            : string.Concat(text.AsSpan(0, (room / 2) - 1), "…", text.AsSpan(text.Length - (room / 2)));
}
