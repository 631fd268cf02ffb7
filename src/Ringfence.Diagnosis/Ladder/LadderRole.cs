namespace Ringfence.Diagnosis.Ladder;

/// <summary>What a host does in a call.</summary>
public enum LadderRole
{
    /// <summary>It passes the call on, or nothing is known of it.</summary>
    Server,

    /// <summary>It places the call.</summary>
    Caller,

    /// <summary>It is where the call ends up.</summary>
    Callee,

    /// <summary>It sends or takes media only.</summary>
    Media,
}
