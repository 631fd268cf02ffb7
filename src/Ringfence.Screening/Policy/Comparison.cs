using System.Globalization;

namespace Ringfence.Screening.Policy;

/// <summary>Reads "&gt; 30", "&lt;= 0.2", "5..10" or "7" as two bounds, both included.</summary>
internal static class Comparison
{
    public static bool TryParse(string text, out double low, out double high)
    {
        (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        var span = text.AsSpan().Trim();
        if (span.IndexOf("..", StringComparison.Ordinal) is var dots and > 0)
        {
            return TryNumber(span[..dots], out low) & TryNumber(span[(dots + 2)..], out high) && low <= high;
        }

        var operatorLength = span.IndexOfAnyExcept("<>=");
        if (operatorLength < 0 || !TryNumber(span[operatorLength..], out var bound))
        {
            return false;
        }

        switch (span[..operatorLength])
        {
            case "" or "=":
                (low, high) = (bound, bound);
                return true;
            case ">":
                low = Math.BitIncrement(bound);
                return true;
            case ">=":
                low = bound;
                return true;
            case "<":
                high = Math.BitDecrement(bound);
                return true;
            case "<=":
                high = bound;
                return true;
            default:
                return false;
        }
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
