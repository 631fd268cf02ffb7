namespace Ringfence.Screening.Rules.Conditions;

/// <summary>How a pattern compares.</summary>
internal enum PatternKind : byte
{
    /// <summary>One number.</summary>
    Number,

    /// <summary>All numbers that begin so.</summary>
    Prefix,

    /// <summary>All numbers from one to another of the same length.</summary>
    Range,

    /// <summary>A text with * and ?.</summary>
    Glob,

    /// <summary>A regular expression.</summary>
    Expression,
}
