namespace Ringfence.Screening.Rates;

/// <summary>In which part a number is watched.</summary>
internal enum TrackedRole : byte
{
    /// <summary>As a caller: whom does it call, and how does that end?</summary>
    Caller,

    /// <summary>As a callee: how many different callers ring it?</summary>
    Callee,

    /// <summary>As a block of a hundred callers.</summary>
    Block,

    /// <summary>As a callee that reports unwanted calls.</summary>
    Reporter,
}
