namespace Ringfence.Diagnosis.Ladder;

/// <summary>How time runs down a ladder.</summary>
public enum LadderTime
{
    /// <summary>Even steps, one a message.</summary>
    Even,

    /// <summary>To scale, with gaps over two seconds cut by a visible break.</summary>
    Folded,

    /// <summary>To scale.</summary>
    Scale,
}
