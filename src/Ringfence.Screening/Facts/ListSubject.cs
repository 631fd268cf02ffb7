namespace Ringfence.Screening.Facts;

/// <summary>Which party of the call was looked up in a list.</summary>
public enum ListSubject : byte
{
    /// <summary>The caller.</summary>
    Caller,

    /// <summary>The callee.</summary>
    Callee,

    /// <summary>The last party that diverted the call.</summary>
    Diverter,
}
