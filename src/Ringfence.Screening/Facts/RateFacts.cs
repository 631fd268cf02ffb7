namespace Ringfence.Screening.Facts;

/// <summary>How the caller has been dialling. Ratios run from 0 to 1; counts are of the window that their name tells.</summary>
public readonly record struct RateFacts
{
    // What is not known is not held against the caller: the default value is that of a number never seen before.
    private readonly double? _answered;

    /// <summary>A number that was never seen before.</summary>
    public static RateFacts Unseen => default;

    /// <summary>Calls in the last minute.</summary>
    public int CallsPerMinute { get; init; }

    /// <summary>Calls in the last hour.</summary>
    public int CallsPerHour { get; init; }

    /// <summary>Calls in the last day.</summary>
    public int CallsPerDay { get; init; }

    /// <summary>Different callees in this hour and the one before (an estimate, good to a fifth).</summary>
    public int DistinctCallees { get; init; }

    /// <summary>Answered calls among those that ended; 1 while there are too few to say.</summary>
    public double AnswerRatio
    {
        get => _answered ?? 1;
        init => _answered = value is 1 ? null : value;
    }

    /// <summary>Answered calls that lasted less than ten seconds, among the answered.</summary>
    public double ShortCallRatio { get; init; }

    /// <summary>Calls that a callee or a screen refused (603, 607, 608), lately.</summary>
    public int Refusals { get; init; }

    /// <summary>Calls to numbers that do not exist (404, 410, 604), among those that ended.</summary>
    public double InvalidRatio { get; init; }

    /// <summary>Calls to callees that share all but the last four digits with the caller, among all.</summary>
    public double NeighbourRatio { get; init; }

    /// <summary>How many calls in a row went to the number right next to the one before.</summary>
    public int SequentialRun { get; init; }

    /// <summary>Different callers from this caller's block of a hundred numbers in the last minutes: a dialler that cycles.</summary>
    public int BlockCallers { get; init; }

    /// <summary>Different callers that have rung this callee in the last minutes: a burst.</summary>
    public int CallersOfCallee { get; init; }

    /// <summary>Whole hours since this caller was first seen.</summary>
    public int KnownHours { get; init; }
}
