namespace Ringfence.Diagnosis.Ladder;

/// <summary>Where everything of a ladder lies: columns from left to right, time from top to bottom.</summary>
internal sealed class SvgLayout
{
    public const int Head = 78;
    public const int Rail = 92;
    private const int Step = 40;
    private const double PixelsPerSecond = 60;
    private const double FoldOver = 2;
    private const double FoldedSeconds = 1.2;
    private const double Tallest = 12_000;
    private const double Tall = 1_000;
    private const int ChipRoom = 62;

    private readonly List<(TimeSpan At, double Y)> _points = [];
    private readonly double[] _rows;

    public SvgLayout(CallLadder ladder, SvgOptions options)
    {
        Columns = new SvgColumns(ladder, options.Steps is not null);
        var last = Math.Max(0, ladder.Hosts.Count - 1);
        FindingsLeft = X(last) + 26 + Lanes(last);
        var chips = ladder.Arrows.Select(arrow => Math.Min(2, arrow.Findings.Count)).DefaultIfEmpty(0).Max();
        Width = Math.Max(
            Math.Max(options.LeastWidth, Columns.Right),
            FindingsLeft + Math.Max(Gap / 4, (chips * ChipRoom) + 12)
        );
        _rows = new double[ladder.Arrows.Count];
        if (options.Steps is { } steps)
        {
            PlaceBeside(ladder, steps);
        }
        else
        {
            Place(ladder, options.Time);
        }

        Bottom = (_points.Count > 0 ? _points[^1].Y : Head) + 24;
        Foot = Bottom > Tall ? 30 : 0;
        Height = Math.Ceiling(Bottom + 16 + Foot);
    }

    public SvgColumns Columns { get; }

    public int Gap => Columns.Gap;

    public int Width { get; }

    public int FindingsLeft { get; }

    public double Height { get; }

    /// <summary>Where the lines of the columns end.</summary>
    public double Bottom { get; }

    /// <summary>Room below them for the names once more, in a picture whose head will have been scrolled away.</summary>
    public int Foot { get; }

    /// <summary>Where time is cut, and how much of it.</summary>
    public List<(double Y, TimeSpan Cut)> Folds { get; } = [];

    public int X(int column) => Columns.At(column);

    /// <inheritdoc cref="SvgColumns.Lanes"/>
    public int Lanes(int column) => Columns.Lanes(column);

    public double Row(int arrow) => _rows[arrow];

    /// <summary>The height of a moment: between two events time is taken to run evenly.</summary>
    public double At(TimeSpan time)
    {
        for (var i = 1; i < _points.Count; i++)
        {
            var ((from, top), (to, bottom)) = (_points[i - 1], _points[i]);
            if (time <= to)
            {
                var share = to == from ? 1 : Math.Clamp((time - from) / (to - from), 0, 1);
                return top + (share * (bottom - top));
            }
        }

        return _points.Count == 0 ? Head : _points[^1].Y + 8;
    }

    /// <summary>The height of a step, where rows lie beside those of another picture.</summary>
    public static double OfStep(int step) => Head + 30 + (step * (double)Step);

    private void PlaceBeside(CallLadder ladder, IReadOnlyList<int> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            _rows[i] = OfStep(steps[i]);
            _points.Add((ladder.Arrows[i].At, _rows[i]));
        }
    }

    private void Place(CallLadder ladder, LadderTime time)
    {
        // The ends of media are moments too: a band that outlasts the last message has its room.
        var moments = ladder
            .Arrows.Select((arrow, i) => (arrow.At, Arrow: i))
            .Concat(ladder.Spans.Select(span => (At: span.End, Arrow: -1)))
            .OrderBy(moment => moment.At)
            .ThenBy(moment => moment.Arrow < 0)
            .ToList();
        var total = moments.Count == 0 ? 0 : (moments[^1].At - moments[0].At).TotalSeconds;
        var scale =
            time == LadderTime.Scale ? Math.Min(PixelsPerSecond, Tallest / Math.Max(1, total)) : PixelsPerSecond;
        var y = (double)Head + 30;
        for (var i = 0; i < moments.Count; i++)
        {
            if (i > 0)
            {
                y += Advance(moments[i].At - moments[i - 1].At, moments[i].Arrow >= 0, time, scale, y);
            }

            _points.Add((moments[i].At, y));
            if (moments[i].Arrow >= 0)
            {
                _rows[moments[i].Arrow] = y;
            }
        }
    }

    private double Advance(TimeSpan gap, bool isArrow, LadderTime time, double scale, double y)
    {
        double least = isArrow ? Step : 0;
        if (time == LadderTime.Even)
        {
            return least;
        }

        var isCut = time == LadderTime.Folded && gap.TotalSeconds > FoldOver;
        var step = Math.Max(least, (isCut ? FoldedSeconds : gap.TotalSeconds) * scale);
        if (isCut)
        {
            Folds.Add((y + (step / 2) - 4, gap));
        }

        return step;
    }
}
