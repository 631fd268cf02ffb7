namespace Ringfence.Sip.Transactions;

/// <summary>What can happen to a transaction. Responses are received by clients and sent by servers.</summary>
internal enum TransactionEvent : byte
{
    /// <summary>Server: the request came again.</summary>
    Request,

    /// <summary>INVITE server: an ACK came.</summary>
    Ack,

    /// <summary>A response of 100 to 199.</summary>
    Provisional,

    /// <summary>A response of 200 to 299.</summary>
    Success,

    /// <summary>A response of 300 to 699.</summary>
    Failure,

    /// <summary>Timer A, E or G: time to send again.</summary>
    RetransmitTimer,

    /// <summary>Timer B, F or H: the other side did not answer in time.</summary>
    TimeoutTimer,

    /// <summary>Timer D, I, J, K, L or M: nothing more is expected.</summary>
    LingerTimer,

    /// <summary>The transport could not deliver.</summary>
    TransportError,
}
