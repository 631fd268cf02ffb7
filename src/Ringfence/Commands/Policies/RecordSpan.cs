namespace Ringfence.Commands.Policies;

/// <summary>The time from which calls are replayed.</summary>
/// <param name="From">The first moment; null for the beginning.</param>
/// <param name="Until">The first moment that is no longer in it; null for the end.</param>
internal readonly record struct RecordSpan(DateTimeOffset? From, DateTimeOffset? Until)
{
    internal bool Contains(DateTimeOffset at) => !(at < From) && !(at >= Until);
}
