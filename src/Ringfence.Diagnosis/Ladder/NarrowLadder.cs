using System.Globalization;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>
/// A ladder of more columns than a terminal has room to name: each column is a letter, the letters are explained above, and what an arrow says
/// stands at its right.
/// </summary>
internal static class NarrowLadder
{
    private const int Widest = 8;
    private const int Narrowest = 2;
    private const int Words = 24;

    public static IReadOnlyList<string> Draw(CallLadder ladder, int width, bool colours)
    {
        int spaces = Math.Max(1, ladder.Hosts.Count - 1);
        int gap = Math.Clamp((width - TerminalLadder.Gutter - Words) / spaces, Narrowest, Widest);
        List<TerminalLine> lines = [.. Legend(ladder, width)];
        TerminalLine heading = new(width);
        for (int i = 0; i < ladder.Hosts.Count; i++)
        {
            heading.Put(TerminalLadder.Gutter + (i * gap), Letter(i));
        }

        lines.Add(heading);
        int right = TerminalLadder.Gutter + (spaces * gap) + 3;
        foreach ((TimeSpan at, LadderArrow? arrow, LadderHeard? heard, LadderSpan? span) in TerminalLadder.Rows(ladder))
        {
            TerminalLine line = TerminalLadder.Lifelines(ladder, at, gap, width);
            line.Put(
                0,
                at.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(TerminalLadder.Gutter - 2)
            );
            if (arrow is not null)
            {
                Shaft(line, arrow.From, arrow.To, gap, arrow.Tone == LadderTone.Media ? '┄' : '─', arrow.Tone);
                string ids = string.Join(' ', arrow.Findings);
                string text = TerminalLadder.Fitting(
                    arrow,
                    Math.Max(4, width - right - (ids.Length > 0 ? ids.Length + 1 : 0))
                );
                line.Put(right, text, arrow.Tone);
                line.Put(
                    right + text.Length + 1,
                    TerminalLadder.Whole(arrow.Findings, width - right - text.Length - 1),
                    LadderTone.GlobalFailure
                );
            }
            else
            {
                Shaft(line, span!.From, span.To, gap, heard!.IsSilence ? '·' : '░', LadderTone.Media);
                line.Put(right, heard.Label, LadderTone.Media);
            }

            lines.Add(line);
        }

        return [.. lines.Select(line => line.ToString(colours))];
    }

    private static void Shaft(TerminalLine line, int from, int to, int gap, char stroke, LadderTone tone)
    {
        int start = TerminalLadder.Gutter + (Math.Min(from, to) * gap);
        int end = TerminalLadder.Gutter + (Math.Max(from, to) * gap);
        if (start == end)
        {
            line.Put(start, '◆', tone);
            return;
        }

        line.Put(start, to > from ? '├' : '◀', tone);
        line.Put(start + 1, new string(stroke, end - start - 1), tone);
        line.Put(end, to > from ? '▶' : '┤', tone);
    }

    private static List<TerminalLine> Legend(CallLadder ladder, int width)
    {
        const int Between = 3;
        List<TerminalLine> lines = [];
        int at = width;
        foreach ((int i, LadderHost host) in ladder.Hosts.Index())
        {
            string name =
                host.Address.StartsWith(':') && host.Name.Contains(':', StringComparison.Ordinal)
                    ? $"{Letter(i)} [{host.Name}]{host.Address}"
                    : $"{Letter(i)} {host.Name}{host.Address}";
            if (at + name.Length > width)
            {
                lines.Add(new TerminalLine(width));
                at = 0;
            }

            lines[^1].Put(at, name);
            at += name.Length + Between;
        }

        return lines;
    }

    private static char Letter(int column) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[column % 52];
}
