using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>Writes lines for a terminal: broken at spaces so that none passes its width, coloured where it has colours.</summary>
internal sealed class TextLines(TextWriter output, ReportOptions options)
{
    private const string Reset = "\e[0m";
    private const int Narrowest = 20;
    private readonly int _width = Math.Max(Narrowest, options.Width);

    public void Empty() => output.WriteLine();

    /// <summary>A line as it is: a ladder's, already as wide as may be.</summary>
    public void Drawn(string line) => output.WriteLine(line);

    /// <summary>A text behind what stands before it; its further lines are indented.</summary>
    /// <param name="head">What comes first, in colours.</param>
    /// <param name="text">What follows.</param>
    /// <param name="indent">Columns before every further line.</param>
    /// <param name="ink">The colour of the head; null for none.</param>
    public void Wrapped(string head, string text, int indent, string? ink = null)
    {
        var isFirst = true;
        foreach (var line in Broken(head.Length == 0 || text.Length == 0 ? head + text : $"{head} {text}", indent))
        {
            var coloured = isFirst && line.StartsWith(head, StringComparison.Ordinal);
            output.WriteLine(coloured ? Inked(head, ink) + line[head.Length..] : line);
            isFirst = false;
        }
    }

    /// <summary>A label with its colon and its text, as in <c>    Seen: …</c>.</summary>
    public void Labelled(string label, string text)
    {
        const int Indent = 4;
        Wrapped(new string(' ', Indent) + label, text, 2 * Indent, Dim);
    }

    public string Inked(string text, string? ink) =>
        options.Colours && ink is not null && text.Length > 0 ? ink + text + Reset : text;

    public static string Bold => "\e[1m";

    public static string Dim => "\e[2m";

    public static string InkOf(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Error => "\e[1;31m",
            FindingSeverity.Warning => "\e[1;33m",
            _ => "\e[1;34m",
        };

    public static string? InkOf(Calls.Call call) =>
        call.Final is { Status: >= 200 and var status } ? TerminalLine.Ansi(LadderArrow.ToneOf(status)) : null;

    private IEnumerable<string> Broken(string text, int indent)
    {
        indent = Math.Min(indent, _width / 2);
        var rest = text.AsMemory().TrimEnd();
        var before = "";
        while (before.Length + rest.Length > _width)
        {
            // What begins the text may be spaces of its own, at which no line ends.
            var room = _width - before.Length;
            var from = rest.Length - rest.TrimStart().Length;
            var at = rest.Span[from..(room + 1)].LastIndexOf(' ') + from;
            at = at > from ? at : room;
            yield return before + rest[..at].TrimEnd().ToString();
            rest = rest[at..].TrimStart();
            before = new string(' ', indent);
        }

        yield return before + rest;
    }
}
