namespace Ringfence.Edge.Redress;

/// <summary>Where an appeal stands.</summary>
internal enum AppealState : byte
{
    /// <summary>Nobody has appealed.</summary>
    None,

    /// <summary>The operator has not answered.</summary>
    Open,

    /// <summary>The operator granted it: the caller is vouched for.</summary>
    Granted,

    /// <summary>The operator did not.</summary>
    Declined,
}
