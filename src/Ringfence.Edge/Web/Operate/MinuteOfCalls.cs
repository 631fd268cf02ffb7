namespace Ringfence.Edge.Web.Operate;

/// <summary>What the calls of one minute came to.</summary>
internal sealed class MinuteOfCalls
{
    /// <summary>Calls by verdict: progress, challenge, refuse.</summary>
    internal int[] Verdicts { get; } = new int[3];

    /// <summary>Calls by what their identity was worth: "A", "B", "C", "Failed", "Unavailable", "Absent", or "" where nobody asked.</summary>
    internal Dictionary<string, int> Identities { get; } = new(StringComparer.Ordinal);

    /// <summary>Early media by trunk.</summary>
    internal Dictionary<string, EarlyHealth> Early { get; } = new(StringComparer.Ordinal);

    internal int Total => Verdicts[0] + Verdicts[1] + Verdicts[2];
}
