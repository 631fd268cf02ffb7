using System.Globalization;
using System.Text;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws a ladder with box-drawing characters, never wider than the terminal.</summary>
public static class TerminalLadder
{
    private const int Gutter = 9;
    private const int NarrowestGap = 14;
    private const string Reset = "\e[0m";

    /// <summary>The lines of the picture.</summary>
    /// <param name="ladder">What to draw.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="colours">True to colour arrows with ANSI sequences.</param>
    public static IReadOnlyList<string> Draw(CallLadder ladder, int width, bool colours)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        int columns = ladder.Hosts.Count;
        int widest =
            ladder
                .Arrows.Select(arrow => Text(arrow).Length / Math.Max(1, Math.Abs(arrow.To - arrow.From)))
                .DefaultIfEmpty(0)
                .Max() + 6;
        int room = (width - Gutter - Half(ladder.Hosts[^1]) - 1) / Math.Max(1, columns - 1);
        int gap = Math.Clamp(Math.Min(widest, room), Math.Min(NarrowestGap, Math.Max(4, room)), Math.Max(4, room));
        List<string> lines = [Heading(ladder, gap, host => host.Name)];
        if (ladder.Hosts.Any(host => host.Address.Length > 0))
        {
            lines.Add(Heading(ladder, gap, host => host.Address));
        }

        lines.AddRange(ladder.Arrows.Select(arrow => Line(arrow, columns, gap, width, colours)));
        return lines;
    }

    private static int Half(LadderHost host) => Math.Max(host.Name.Length, host.Address.Length) / 2;

    private static string Heading(CallLadder ladder, int gap, Func<LadderHost, string> text)
    {
        StringBuilder line = new();
        for (int i = 0; i < ladder.Hosts.Count; i++)
        {
            string name = Cut(text(ladder.Hosts[i]), gap - 1);
            int start = Math.Max(line.Length + (i > 0 ? 1 : 0), Gutter + (i * gap) - (name.Length / 2));
            line.Append(' ', Math.Max(0, start - line.Length)).Append(name);
        }

        return line.ToString();
    }

    private static string Line(LadderArrow arrow, int columns, int gap, int width, bool colours)
    {
        string time = arrow.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(Gutter - 2);
        int left = Math.Min(arrow.From, arrow.To);
        int span = Math.Max(1, Math.Abs(arrow.To - arrow.From));
        bool rightwards = arrow.To >= arrow.From;
        string shaft = Shaft(Text(arrow), (span * gap) - 1, arrow.Tone == LadderTone.Media ? '┄' : '─');
        StringBuilder line = new(time + "  ");
        for (int i = 0; i < columns; i++)
        {
            if (i == left && columns > 1)
            {
                line.Append(rightwards ? '├' : '◀')
                    .Append(Coloured(shaft, arrow.Tone, colours))
                    .Append(rightwards ? '▶' : '┤');
                i += span;
            }
            else
            {
                line.Append('│');
            }

            line.Append(' ', i < columns - 1 ? gap - 1 : 0);
        }

        int used = Gutter + ((columns - 1) * gap) + 1;
        string note = Cut(arrow.Note, width - used - 2);
        return note.Length > 0 ? line.Append("  ").Append(note).ToString() : line.ToString();
    }

    private static string Text(LadderArrow arrow) =>
        arrow.Repeats > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{arrow.Label} ×{arrow.Repeats + 1}")
            : arrow.Label;

    private static string Shaft(string label, int length, char stroke)
    {
        string text = " " + Cut(label, length - 4) + " ";
        int before = Math.Max(0, (length - text.Length) / 2);
        int after = Math.Max(0, length - text.Length - before);
        return new string(stroke, before) + text + new string(stroke, after);
    }

    private static string Cut(string text, int length) =>
        length <= 0 ? ""
        : text.Length <= length ? text
        : length == 1 ? "…"
        : text[..(length - 1)] + "…";

    private static string Coloured(string text, LadderTone tone, bool colours) =>
        colours ? Ansi(tone) + text + Reset : text;

    private static string Ansi(LadderTone tone) =>
        tone switch
        {
            LadderTone.Provisional => "\e[34m",
            LadderTone.Success => "\e[32m",
            LadderTone.Redirect => "\e[35m",
            LadderTone.RequestFailure => "\e[33m",
            LadderTone.ServerFailure => "\e[38;5;208m",
            LadderTone.GlobalFailure => "\e[31m",
            LadderTone.Media => "\e[36m",
            _ => "\e[1m",
        };
}
