namespace Ringfence.Sip.Transactions;

/// <summary>The states of the four machines (RFC 3261 §17 figures 5 to 8, as changed by RFC 6026); none of them uses all.</summary>
internal enum TransactionState : byte
{
    /// <summary>INVITE client: sent, nothing heard.</summary>
    Calling,

    /// <summary>Non-INVITE: sent and nothing heard, or received and nothing answered.</summary>
    Trying,

    /// <summary>A provisional response was received or sent; an INVITE server transaction begins here.</summary>
    Proceeding,

    /// <summary>A final response (for INVITE: not a 2xx) was received or sent.</summary>
    Completed,

    /// <summary>INVITE server: the ACK for a non-2xx has come.</summary>
    Confirmed,

    /// <summary>INVITE: a 2xx was received or sent (RFC 6026).</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}
