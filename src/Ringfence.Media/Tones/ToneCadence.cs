using System.Globalization;

namespace Ringfence.Media.Tones;

/// <summary>
/// A tone with its cadence, repeated without end. As text: steps with commas between them, each
/// <c>frequency[+second|*modulation][@dBm0]/milliseconds</c>, 0 for silence, such as <c>440/1500,0/3500</c>.
/// </summary>
/// <param name="Steps">The steps of one period; not empty.</param>
/// <param name="Level">dBm0 of each frequency of a step without a level of its own.</param>
public sealed record ToneCadence(IReadOnlyList<ToneStep> Steps, double Level)
{
    private const int MaxSteps = 64;

    /// <summary>Length of one period.</summary>
    public TimeSpan Period => TimeSpan.FromMilliseconds(Steps.Sum(step => step.Milliseconds));

    /// <summary>A tone that does not end.</summary>
    /// <param name="frequency">Frequency in hertz.</param>
    /// <param name="level">dBm0.</param>
    public static ToneCadence Continuous(double frequency, double level) =>
        new([new ToneStep(frequency, 0, false, null, 1000)], level);

    /// <summary>Reads the text form; null when it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="level">dBm0 of each frequency of a step without a level of its own.</param>
    public static ToneCadence? Parse(string text, double level)
    {
        var parts = text.Split(',');
        if (parts.Length > MaxSteps)
        {
            return null;
        }
        var steps = new List<ToneStep>(parts.Length);
        foreach (var part in parts)
        {
            if (ParseStep(part) is not { } step)
            {
                return null;
            }
            steps.Add(step);
        }
        return new ToneCadence(steps, level);
    }

    /// <summary>The text form.</summary>
    public override string ToString() => string.Join(',', Steps.Select(Text));

    private static ToneStep? ParseStep(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !Number(text[(slash + 1)..], out var milliseconds) || milliseconds is <= 0 or > 60_000)
        {
            return null;
        }
        var tone = text[..slash];
        double? level = null;
        if (tone.IndexOf('@') is >= 0 and var at)
        {
            var negative = tone[(at + 1)..].StartsWith('-');
            if (!Number(tone[(at + (negative ? 2 : 1))..], out var value))
            {
                return null;
            }
            level = negative ? -value : value;
            tone = tone[..at];
        }
        var operation = tone.IndexOfAny('+', '*');
        var second = 0.0;
        var first = operation < 0 ? tone : tone[..operation];
        return
            Number(first, out var frequency)
            && (operation < 0 || Number(tone[(operation + 1)..], out second))
            && Math.Max(frequency, second) <= 4000
            ? new ToneStep(frequency, second, operation >= 0 && tone[operation] == '*', level, milliseconds)
            : null;
    }

    private static bool Number(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static string Text(ToneStep step)
    {
        var second = step.Second == 0 ? "" : $"{(step.IsModulated ? '*' : '+')}{step.Second}";
        var level = step.Level is { } own ? $"@{own}" : "";
        return $"{step.Frequency}{second}{level}/{step.Milliseconds}";
    }
}
