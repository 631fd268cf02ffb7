using System.Globalization;

namespace Ringfence.Codes;

/// <summary>Draws a ladder in box-drawing characters: a column per participant, an arrow per line, captions below.</summary>
internal static class LadderDrawing
{
    private const int Rail = 4;
    private const int WidestGap = 30;

    /// <summary>Draws a ladder.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="width">Most characters in a line.</param>
    /// <param name="language">Its language.</param>
    /// <param name="mark">Index of an arrow to mark, or -1.</param>
    public static IReadOnlyList<string> Lines(WordedLadder ladder, int width, Language language, int mark = -1)
    {
        var gaps = Math.Max(1, ladder.Participants.Count - 1);
        var gap = Math.Clamp((width - Rail - 2) / (gaps + 1), 4, WidestGap);
        var room = Math.Max(width, 1);
        List<string> lines = [Cut(Names(ladder, gap), room)];
        for (var i = 0; i < ladder.Arrows.Count; i++)
        {
            lines.Add(Cut(Arrow(ladder, i, gap, i == mark), room));
        }
        lines.Add("");
        for (var i = 0; i < ladder.Arrows.Count; i++)
        {
            if (Caption(ladder.Arrows[i], language) is { Length: > 0 } caption)
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1, 2}  ");
                lines.AddRange(
                    TextWrap
                        .Lines(caption, Math.Max(1, room - Rail))
                        .Select((line, row) => (row == 0 ? number : "    ") + line)
                );
            }
        }
        return lines;
    }

    private static string Names(WordedLadder ladder, int gap)
    {
        var line = new string(' ', Rail).ToCharArray().ToList();
        for (var i = 0; i < ladder.Participants.Count; i++)
        {
            var start = Rail + (i * gap);
            while (line.Count < start)
            {
                line.Add(' ');
            }
            line.AddRange(
                ladder.Participants[i].Length < gap ? ladder.Participants[i] : ladder.Participants[i][..(gap - 1)]
            );
        }
        return new string([.. line]).TrimEnd();
    }

    private static string Arrow(WordedLadder ladder, int index, int gap, bool marked)
    {
        var arrow = ladder.Arrows[index];
        var line = new char[Rail + (gap * (ladder.Participants.Count - 1)) + 1];
        Array.Fill(line, ' ');
        string.Create(CultureInfo.InvariantCulture, $"{index + 1, 2}{(marked ? '►' : ' ')}").CopyTo(line);
        for (var i = 0; i < ladder.Participants.Count; i++)
        {
            line[Rail + (i * gap)] = '│';
        }
        var (left, right) = arrow.From < arrow.To ? (arrow.From, arrow.To) : (arrow.To, arrow.From);
        var (start, end) = (Rail + (left * gap) + 1, Rail + (right * gap) - 1);
        line.AsSpan(start, end - start + 1).Fill('─');
        line[arrow.From < arrow.To ? end : start] = arrow.From < arrow.To ? '▶' : '◀';
        var free = end - start - 1;
        var label = Labels(arrow).FirstOrDefault(text => text.Length <= free, "");
        label.CopyTo(line.AsSpan(start + 1 + ((free - label.Length) / 2)));
        return new string(line).TrimEnd();
    }

    /// <summary>What may stand on the arrow, the fullest first.</summary>
    private static IEnumerable<string> Labels(WordedArrow arrow)
    {
        if (arrow.Sdp)
        {
            yield return $"{arrow.Message} (SDP)";
        }
        yield return arrow.Message;
        yield return arrow.Message.Split(' ')[0];
    }

    private static string Caption(WordedArrow arrow, Language language) =>
        language.Clauses(new[] { arrow.Caption, arrow.Media }.OfType<string>());

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..width];
}
