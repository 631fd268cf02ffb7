using System.Collections.Immutable;

namespace Ringfence.Screening.Lists;

/// <summary>What came of reading a list file: the whole list, or none of it.</summary>
public sealed record ListImport
{
    /// <summary>The list; null where more lines were rejected than allowed, so that nothing is half loaded.</summary>
    public NumberList? List { get; init; }

    /// <summary>How far it came.</summary>
    public ListProgress Totals { get; init; }

    /// <summary>The rejected lines in order, the first thousand of them.</summary>
    public ImmutableArray<RejectedLine> Rejected { get; init; } = [];
}
