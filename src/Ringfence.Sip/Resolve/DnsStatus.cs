namespace Ringfence.Sip.Resolve;

/// <summary>What became of a question.</summary>
internal enum DnsStatus : byte
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name has none of this type, or does not exist.</summary>
    Absent,

    /// <summary>The servers answered with an error or with nonsense.</summary>
    Failed,

    /// <summary>No server answered in time.</summary>
    Silent,
}
