using System.Globalization;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws the arrows of a ladder, each with its badge, its time, and the findings that rest on it.</summary>
internal sealed class SvgArrows(SvgWriter svg, SvgLayout layout, SvgLabels labels, LadderWords words, string? anchor)
{
    private const double Mono = 7.4;
    private const int Badge = 30;
    private const int Chip = 56;

    public void Draw(LadderArrow arrow, double y, TimeSpan before)
    {
        Time(arrow, y, before);
        // What was seen in no frame has no message to lead to.
        var isLinked = anchor is not null && (arrow.Frame > 0 || arrow.Tone == LadderTone.Media);
        var element = isLinked ? "a" : "g";
        var link =
            !isLinked ? ""
            : arrow.Row is { } row ? $" href=\"#{row}\""
            : arrow.Tone == LadderTone.Media ? $" href=\"#{anchor}media\""
            : $" href=\"#{anchor}m{arrow.Frame.ToString(CultureInfo.InvariantCulture)}\"";
        svg.Add(
            $"""<{element} class="msg {arrow.Tone}"{link} data-frame="{arrow.Row ?? arrow.Frame.ToString(CultureInfo.InvariantCulture)}" data-findings="{string.Join(' ', arrow.Findings)}">"""
        );
        svg.Title(anchor is null && arrow.Message.Length > 0 ? arrow.Message : Hint(arrow));
        Shaft(arrow, y, out var middle, out var room);
        svg.Add($"""</{element}><g class="words {arrow.Tone}" aria-hidden="true">""");
        Label(arrow, y, middle, room);
        svg.Raw("</g>");
        Shield(arrow, y);
        Findings(arrow, y);
    }

    private void Time(LadderArrow arrow, double y, TimeSpan before)
    {
        svg.Add($"""<circle class="dot" cx="{SvgLayout.Rail}" cy="{y:0.#}" r="2.5"/>""");
        svg.Text("time", SvgLayout.Rail - 10, y + 4, Seconds(arrow.At));
        if (before > TimeSpan.Zero)
        {
            svg.Text("delta", SvgLayout.Rail - 10, y - 9, "+" + Seconds(before));
        }
    }

    private void Shaft(LadderArrow arrow, double y, out double middle, out double room)
    {
        double from = layout.X(arrow.From);
        double to = layout.X(arrow.To);
        if (arrow.From == arrow.To)
        {
            (middle, room) = (from + 42 + (layout.Gap / 4.0), layout.Gap / 2.0);
            svg.Add($"""<path class="hit" d="M{from} {y - 8:0.#}h60v16h-60z"/>""");
            svg.Add($"""<path class="shaft" d="M{from} {y - 7:0.#}h28v14h-20"/>""");
            svg.Add($"""<path class="tip" d="M{from + 1} {y + 7:0.#}l9 -4.5v9z"/>""");
            return;
        }

        var head = to > from ? -9 : 9;
        var (left, right) = layout.Columns.Between(Math.Min(arrow.From, arrow.To), Math.Max(arrow.From, arrow.To));
        (middle, room) = ((left + right) / 2, right - left - 24);
        labels.Take(Math.Min(from, to), y - 5, Math.Max(from, to), y + 4);
        svg.Add(
            $"""<rect class="hit" x="{Math.Min(from, to):0.#}" y="{y - 21:0.#}" width="{Math.Abs(to - from):0.#}" height="30" rx="4"/>"""
        );
        svg.Line("shaft", from, y, to + head, y);
        svg.Add($"""<path class="tip" d="M{to:0.#} {y:0.#}l{head} -4.5v9z"/>""");
        svg.Add($"""<circle class="start" cx="{from:0.#}" cy="{y:0.#}" r="2.5"/>""");
    }

    // Badge or method, phrase, SDP and how often it was sent, centred together on the line.
    private void Label(LadderArrow arrow, double y, double middle, double room)
    {
        var isResponse = arrow.Tone is not (LadderTone.Request or LadderTone.Media);
        var text = arrow.HasSdp ? arrow.Label[..^" (SDP)".Length] : arrow.Label;
        var (number, phrase) = isResponse && text.Length >= 3 ? (text[..3], text[3..].TrimStart()) : ("", text);
        var repeats = arrow.Repeats > 0 ? "×" + (arrow.Repeats + 1).ToString(CultureInfo.InvariantCulture) : "";
        var fixedWidth =
            (number.Length > 0 ? Badge + 6 : 0)
            + (arrow.HasSdp ? 34 : 0)
            + (repeats.Length > 0 ? (repeats.Length * Mono) + 12 : 0);
        var isLight = arrow.Tone != LadderTone.Request;
        phrase = SvgWriter.Fit(phrase, room - fixedWidth, isLight);
        var width = SvgWriter.Width(phrase, isLight);
        middle = BesideLines(arrow, middle, fixedWidth + width);
        var x = middle - ((fixedWidth + width) / 2);
        labels.Take(x - 6, y - 22, x + fixedWidth + width + 6, y - 3);
        if (number.Length > 0)
        {
            svg.Add($"""<rect class="badge" x="{x:0.#}" y="{y - 19:0.#}" width="{Badge}" height="15" rx="3"/>""");
            svg.Text("number", x + (Badge / 2.0), y - 7.5, number);
            x += Badge + 6;
        }

        svg.Text(isResponse ? "phrase" : "phrase method", x, y - 7, phrase);
        x += width + 6;
        if (arrow.HasSdp)
        {
            svg.Add($"""<rect class="sdp" x="{x:0.#}" y="{y - 18:0.#}" width="27" height="13" rx="6.5"/>""");
            svg.Text("small sdptext", x + 13.5, y - 8, "SDP");
            x += 33;
        }

        if (repeats.Length > 0)
        {
            svg.Text("repeats", x, y - 7, repeats);
        }

        Sequence(arrow, y);
    }

    // Of an arrow over several columns the words stand between its first two, where they fit there, and not on a line: in a wide picture that is what
    // is seen without scrolling.
    private double BesideLines(LadderArrow arrow, double middle, double width)
    {
        var (first, last) = (Math.Min(arrow.From, arrow.To), Math.Max(arrow.From, arrow.To));
        if (last - first < 2)
        {
            return middle;
        }

        var (left, right) = layout.Columns.Between(first, first + 1);
        return width < right - left - 8 ? (left + right) / 2 : middle;
    }

    private void Sequence(LadderArrow arrow, double y)
    {
        const double Small = 6;
        if (arrow.CSeq.Length == 0)
        {
            return;
        }

        var isRightwards = arrow.To >= arrow.From;
        var x =
            layout.X(arrow.From)
            + (isRightwards ? 7 + layout.Lanes(arrow.From) : -7 - layout.Columns.Brackets(arrow.From));
        svg.Text(isRightwards ? "cseq left" : "cseq right", x, y + 12, arrow.CSeq);
        var end = x + ((isRightwards ? 1 : -1) * arrow.CSeq.Length * Small);
        labels.Take(Math.Min(x, end), y + 3, Math.Max(x, end), y + 15);
    }

    private void Shield(LadderArrow arrow, double y)
    {
        if (arrow.Shield == LadderShield.None)
        {
            return;
        }

        var x = layout.X(arrow.From) + (arrow.To >= arrow.From ? 10 : -26);
        svg.Add($"""<g class="shield {arrow.Shield}">""")
            .Title($"{words["shield." + arrow.Shield]} {arrow.Attestation}".TrimEnd());
        svg.Add(
            $"""<path transform="translate({x} {y - 23:0.#})" d="M8 0 15 2.5V9c0 4-3 7-7 9C4 16 1 13 1 9V2.5z"/>"""
        );
        var mark =
            arrow.Attestation.Length > 0 ? arrow.Attestation
            : arrow.Shield == LadderShield.Absent ? "–"
            : arrow.Shield == LadderShield.Failed ? "✕"
            : "?";
        svg.Text("digit", x + 8, y - 10.5, mark).Raw("</g>");
    }

    private void Findings(LadderArrow arrow, double y)
    {
        const int Shown = 2;
        for (var i = 0; i < Math.Min(Shown, arrow.Findings.Count); i++)
        {
            var (id, x) = (arrow.Findings[i], layout.FindingsLeft + (i * (Chip + 6)));
            var more = i == Shown - 1 && arrow.Findings.Count > Shown ? "…" : "";
            svg.Raw(
                anchor is null
                    ? """<g class="chip">"""
                    : $"""<a class="chip" href="#{anchor}{id}" data-finding="{id}" aria-label="{id}">"""
            );
            svg.Add($"""<rect x="{x}" y="{y - 9:0.#}" width="{Chip}" height="18" rx="9"/>""");
            svg.Text("number", x + (Chip / 2.0), y + 4, id + more).Raw(anchor is null ? "</g>" : "</a>");
        }
    }

    private string Hint(LadderArrow arrow) =>
        string.Join(
            '\n',
            new[] { $"{Seconds(arrow.At)} s, {arrow.Label}, #{arrow.Frame}", arrow.Route, Codecs(arrow) }.Where(line =>
                line.Length > 0
            )
        );

    private string Codecs(LadderArrow arrow) =>
        string.Join(
            '\n',
            arrow.Codecs.Select(codec =>
                $"{codec.Name}{words["colon"]} {words["offered"].ToLowerInvariant()} {Type(codec.Offered)}, {words["answered"].ToLowerInvariant()} {Type(codec.Answered)}"
            )
        );

    private static string Type(byte? type) => type?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private string Seconds(TimeSpan time) => words.Figure(time.TotalSeconds, "0.000");
}
