namespace Ringfence.Diagnosis.Ladder;

/// <summary>Where text and lines already stand, so that what is written later finds a free place.</summary>
internal sealed class SvgLabels
{
    private const double Step = 4;
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    public void Take(double left, double top, double right, double bottom) => _taken.Add((left, top, right, bottom));

    /// <summary>The first free place of this size inside an area, from its top, in its middle before its sides; takes it.</summary>
    public (double Middle, double Top)? Find(
        (double Left, double Top, double Right, double Bottom) area,
        double width,
        double height
    )
    {
        double slack = area.Right - area.Left - width;
        if (slack < 0)
        {
            return null;
        }

        for (double top = area.Top; top + height <= area.Bottom; top += Step)
        {
            foreach (double share in (ReadOnlySpan<double>)[0.5, 0, 1])
            {
                double left = area.Left + (share * slack);
                if (IsFree(left, top, left + width, top + height))
                {
                    Take(left, top, left + width, top + height);
                    return (left + (width / 2), top);
                }
            }
        }

        return null;
    }

    private bool IsFree(double left, double top, double right, double bottom) =>
        !_taken.Exists(one => one.Left < right && left < one.Right && one.Top < bottom && top < one.Bottom);
}
