namespace Ringfence.Stir.Certificates;

/// <summary>What became of a trust list.</summary>
public enum TrustListOutcome : byte
{
    /// <summary>Its roots are trusted now.</summary>
    Applied,

    /// <summary>It is the one that is already in use.</summary>
    Unchanged,

    /// <summary>It is not a signed list.</summary>
    Malformed,

    /// <summary>It is not signed by the configured policy administrator.</summary>
    Untrusted,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>Its sequence is lower than that of the list in use: someone replays an old list.</summary>
    RolledBack,

    /// <summary>It could not be fetched.</summary>
    Unreachable,
}
