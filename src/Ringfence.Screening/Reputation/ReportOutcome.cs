namespace Ringfence.Screening.Reputation;

/// <summary>What a report did beyond the reporter's own list.</summary>
public enum ReportOutcome : byte
{
    /// <summary>It counts towards the caller's reputation.</summary>
    Counted,

    /// <summary>The caller's identity was not validly signed: anybody could have used the number.</summary>
    IdentityUnproven,

    /// <summary>The caller withheld its identity, so there is nobody to count it for.</summary>
    NoIdentity,

    /// <summary>This reporter has said all that counts about this caller, or about too many callers in a day.</summary>
    ReporterCapped,
}
