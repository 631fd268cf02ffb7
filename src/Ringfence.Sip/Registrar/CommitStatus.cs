namespace Ringfence.Sip.Registrar;

/// <summary>What became of a commit.</summary>
public enum CommitStatus : byte
{
    /// <summary>Done.</summary>
    Committed,

    /// <summary>Others were committed after these had been read: read again.</summary>
    Conflict,

    /// <summary>There is no room for another address-of-record.</summary>
    Full,
}
