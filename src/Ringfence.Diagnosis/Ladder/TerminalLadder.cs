using System.Globalization;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>
/// Draws a ladder with box-drawing characters, never wider than the terminal. Where early media runs, the lines of its two hosts are double
/// and what was heard stands between them; where RTP of the answered call runs, they are heavy.
/// </summary>
public static class TerminalLadder
{
    internal const int Gutter = 9;
    private const int NarrowestGap = 14;
    private const int Notes = 11;

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
        // Ids of findings stand at the right of the arrows: they get room before the arrows get more than they need.
        int notes = Math.Min(
            Notes,
            ladder.Arrows.Select(arrow => string.Join(' ', arrow.Findings).Length).DefaultIfEmpty(0).Max()
        );
        int beside = Math.Max(notes > 0 ? notes + 3 : 0, Math.Min(Half(ladder.Hosts[^1]), width / 8) + 1);
        int room = (width - Gutter - beside) / Math.Max(1, columns - 1);
        if (columns > 2 && room < NarrowestGap)
        {
            return NarrowLadder.Draw(ladder, width, colours);
        }

        int gap = Math.Clamp(Math.Min(widest, room), Math.Min(NarrowestGap, Math.Max(4, room)), Math.Max(4, room));
        List<TerminalLine> lines = [Heading(ladder, gap, width, host => host.Name)];
        if (ladder.Hosts.Any(host => host.Address.Length > 0))
        {
            lines.Add(Heading(ladder, gap, width, host => host.Address));
        }

        foreach ((TimeSpan at, LadderArrow? arrow, LadderHeard? heard, LadderSpan? span) in Rows(ladder))
        {
            TerminalLine line = Lifelines(ladder, at, gap, width);
            line.Put(0, ladder.Words.Figure(at.TotalSeconds, "0.000").PadLeft(Gutter - 2));
            if (arrow is not null)
            {
                Arrow(line, arrow, columns, gap);
            }
            else
            {
                Heard(line, heard!, span!, gap);
            }

            lines.Add(line);
        }

        return [.. lines.Select(line => line.ToString(colours))];
    }

    /// <summary>Arrows, and a row for each thing heard before the answer, in order of time.</summary>
    internal static IEnumerable<(TimeSpan At, LadderArrow? Arrow, LadderHeard? Heard, LadderSpan? Span)> Rows(
        CallLadder ladder
    )
    {
        const int Told = 4;
        return ladder
            .Arrows.Select(arrow => (arrow.At, (LadderArrow?)arrow, (LadderHeard?)null, (LadderSpan?)null))
            .Concat(
                ladder
                    .Spans.Where(span => span.IsEarly && span.From != span.To)
                    .SelectMany(span =>
                        span.Heard.Take(Told)
                            .Select(heard => (heard.Start, (LadderArrow?)null, (LadderHeard?)heard, (LadderSpan?)span))
                    )
            )
            .OrderBy(row => row.Item1)
            .ThenBy(row => row.Item3 is not null);
    }

    private static int Half(LadderHost host) => Math.Max(host.Name.Length, host.Address.Length) / 2;

    private static TerminalLine Heading(CallLadder ladder, int gap, int width, Func<LadderHost, string> text)
    {
        TerminalLine line = new(width);
        int free = 0;
        for (int i = 0; i < ladder.Hosts.Count; i++)
        {
            string name = Middle(text(ladder.Hosts[i]), gap - 1);
            int start = Math.Max(free, Gutter + (i * gap) - (name.Length / 2));
            line.Put(start, name);
            free = start + name.Length + 1;
        }

        return line;
    }

    internal static TerminalLine Lifelines(CallLadder ladder, TimeSpan at, int gap, int width)
    {
        TerminalLine line = new(width);
        for (int i = 0; i < ladder.Hosts.Count; i++)
        {
            LadderSpan? running = ladder
                .Spans.Where(span => (span.From == i || span.To == i) && span.Start <= at && at < span.End)
                .OrderByDescending(span => span.IsEarly)
                .FirstOrDefault();
            char life =
                running is null ? '│'
                : running.IsEarly ? '║'
                : '┃';
            line.Put(Gutter + (i * gap), life, running is null ? null : LadderTone.Media);
        }

        return line;
    }

    private static void Arrow(TerminalLine line, LadderArrow arrow, int columns, int gap)
    {
        int left = Math.Min(arrow.From, arrow.To);
        int span = Math.Abs(arrow.To - arrow.From);

        // A message to oneself turns back towards the side where there is room.
        if (span == 0)
        {
            span = columns > 1 ? 1 : 0;
            left = Math.Min(left, Math.Max(0, columns - 2));
        }

        if (span > 0)
        {
            bool rightwards = arrow.To >= arrow.From;
            int start = Gutter + (left * gap);
            line.Put(start, rightwards ? '├' : '◀', arrow.Tone);
            line.Put(
                start + 1,
                Shaft(Fitting(arrow, (span * gap) - 3), (span * gap) - 1, arrow.Tone == LadderTone.Media ? '┄' : '─'),
                arrow.Tone
            );
            line.Put(start + (span * gap), rightwards ? '▶' : '┤', arrow.Tone);
        }

        // Where nobody knows who sent it, as in some logs, there is a single column and no arrow.
        string alone = span == 0 ? Text(arrow) : "";
        line.Put(Gutter + 2, alone, arrow.Tone);
        int used = Gutter + ((columns - 1) * gap) + 1 + alone.Length;
        line.Put(used + 2, Whole(arrow.Findings, line.Width - used - 2), LadderTone.GlobalFailure);
    }

    private static void Heard(TerminalLine line, LadderHeard heard, LadderSpan span, int gap)
    {
        int left = Gutter + (Math.Min(span.From, span.To) * gap);
        int length = (Math.Abs(span.To - span.From) * gap) - 1;
        line.Put(left + 1, Shaft(heard.Label, length, heard.IsSilence ? '·' : '░'), LadderTone.Media);
    }

    private static string Text(LadderArrow arrow) =>
        arrow.Repeats > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{arrow.Label} ×{arrow.Repeats + 1}")
            : arrow.Label;

    // Where the phrase has no room, what it says goes before how it says it: 183+SDP ×2.
    internal static string Fitting(LadderArrow arrow, int room)
    {
        const int Status = 3;
        string text = Text(arrow);
        if (text.Length <= room || arrow.Tone == LadderTone.Media)
        {
            return text;
        }

        string what = arrow.HasSdp ? arrow.Label[..^" (SDP)".Length] : arrow.Label;
        what = arrow.Tone == LadderTone.Request ? what : what[..Math.Min(Status, what.Length)];
        string brief = Text(arrow with { Label = arrow.HasSdp ? what + "+SDP" : what });
        return brief.Length <= room || !arrow.HasSdp ? brief : Text(arrow with { Label = what });
    }

    private static string Shaft(string label, int length, char stroke)
    {
        string text = " " + Cut(label, length - 2) + " ";
        int before = Math.Max(0, (length - text.Length) / 2);
        int after = Math.Max(0, length - text.Length - before);
        return new string(stroke, before) + text + new string(stroke, after);
    }

    // Addresses of one network differ at their ends.
    private static string Middle(string text, int length) =>
        text.Length <= length || length < 5
            ? Cut(text, length)
            : $"{text[..((length - 1) / 2)]}…{text[^(length / 2)..]}";

    // As many ids as have room, none of them cut.
    internal static string Whole(IReadOnlyList<string> ids, int length)
    {
        string text = "";
        foreach (string id in ids)
        {
            string more = text.Length == 0 ? id : $"{text} {id}";
            if (more.Length > length)
            {
                return text.Length > 0 && text.Length < length ? text + "…" : text;
            }

            text = more;
        }

        return text;
    }

    private static string Cut(string text, int length) =>
        length <= 0 ? ""
        : text.Length <= length ? text
        : length == 1 ? "…"
        : text[..(length - 1)] + "…";
}
