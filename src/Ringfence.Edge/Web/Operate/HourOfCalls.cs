namespace Ringfence.Edge.Web.Operate;

/// <summary>The last hour, as an overview shows it.</summary>
/// <param name="Until">The minute that is not over yet.</param>
/// <param name="Minutes">Calls by verdict (progress, challenge, refuse) of sixty minutes, the oldest first.</param>
/// <param name="Identities">Calls by what their identity was worth.</param>
/// <param name="Early">Early media by trunk.</param>
public sealed record HourOfCalls(
    DateTimeOffset Until,
    IReadOnlyList<int[]> Minutes,
    IReadOnlyDictionary<string, int> Identities,
    IReadOnlyDictionary<string, EarlyHealth> Early
)
{
    internal int Of(int verdict) => Minutes.Sum(minute => minute[verdict]);

    internal int Total => Minutes.Sum(minute => minute.Sum());

    internal int Most => Minutes.Max(minute => minute.Sum());
}
