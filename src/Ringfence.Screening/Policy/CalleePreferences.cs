namespace Ringfence.Screening.Policy;

/// <summary>A callee's wishes beyond its lists. They are the user's own rules and come before the operator's.</summary>
public sealed record CalleePreferences
{
    /// <summary>When the callee does not want to be called; other devices may ring. Null for never.</summary>
    public Schedule? Quiet { get; init; }

    /// <summary>Callers who withhold their identity are refused (RFC 5079).</summary>
    public bool RefuseAnonymous { get; init; }

    /// <summary>What is asked of strangers.</summary>
    public StrangerWish Strangers { get; init; }
}
