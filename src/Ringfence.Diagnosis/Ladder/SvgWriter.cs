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

    /// <summary>The text, or as much of it as has room.</summary>
    public static string Fit(string text, double room, bool isLight)
    {
        var length = text.Length;
        while (length > 1 && Width(text.AsSpan(0, length), isLight) > room)
        {
            length--;
        }

        return length == text.Length ? text : text[..Math.Max(0, length - 1)].TrimEnd() + "…";
    }

    /// <summary>About as wide as the text will be in the widest of the usual fonts: nothing measures letters here.</summary>
    public static double Width(ReadOnlySpan<char> text, bool isLight)
    {
        double width = 0;
        foreach (var c in text)
        {
            width += c switch
            {
                'i' or 'j' or 'l' or 'I' or 'J' or '.' or ',' or ':' or ';' or ' ' or '·' => 4,
                'f' or 't' or 'r' or '(' or ')' or '/' or '-' => 4.8,
                'm' or 'w' or 'M' or 'W' or '×' or '@' or '…' => 11.5,
                'c' or 's' or 'z' => 6.8,
                >= 'A' and <= 'Z' => 8.9,
                _ => 7.8,
            };
        }

        return width * (isLight ? 1 : 1.14);
    }

    // Of a long name both ends tell most: the prefix of an address, and its host.
    public static string Middle(string text, int room) =>
        text.Length <= room
            ? text
            : string.Concat(text.AsSpan(0, (room / 2) - 1), "…", text.AsSpan(text.Length - (room / 2)));
}
