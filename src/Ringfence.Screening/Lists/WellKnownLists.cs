namespace Ringfence.Screening.Lists;

/// <summary>Names of lists that have a meaning of their own.</summary>
public static class WellKnownLists
{
    /// <summary>The callee's own list of callers that always get through.</summary>
    public const string CalleeAllowed = "callee.allowed";

    /// <summary>The callee's own list of unwanted callers.</summary>
    public const string CalleeBlocked = "callee.blocked";

    /// <summary>The operator's list of callers to spare.</summary>
    public const string Allowed = "allowed";

    /// <summary>The operator's list of callers to refuse.</summary>
    public const string Blocked = "blocked";

    /// <summary>Numbers that receive calls and never make any.</summary>
    public const string DoNotOriginate = "do-not-originate";

    /// <summary>Numbers and ranges that nobody has been given.</summary>
    public const string Unallocated = "unallocated";

    /// <summary>True for a list that belongs to the callee: who decides by it is the user.</summary>
    public static bool IsOfCallee(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("callee.", StringComparison.Ordinal);
    }
}
