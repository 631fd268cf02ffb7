namespace Ringfence.Media.Prompts;

/// <summary>How a <see cref="PromptScript"/> asks.</summary>
public sealed record PromptScriptOptions
{
    /// <summary>Digits that are gathered, 1 at least.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Digits that count; others are not noticed.</summary>
    public string Accepted { get; init; } = "0123456789*#";

    /// <summary>A digit that ends fewer than <see cref="Count"/>, such as <c>#</c>; null for none.</summary>
    public char? Terminator { get; init; }

    /// <summary>How often the question is asked, 1 at least.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Whether digits are taken while the question is still being played.</summary>
    public bool BargeIn { get; init; } = true;

    /// <summary>Time for the first digit, from the end of the question.</summary>
    public TimeSpan FirstDigit { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Time for each further digit.</summary>
    public TimeSpan BetweenDigits { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time for all of it.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);
}
