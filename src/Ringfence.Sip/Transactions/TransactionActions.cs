namespace Ringfence.Sip.Transactions;

/// <summary>What a transition asks for; carried out in the order of the flags.</summary>
[Flags]
internal enum TransactionActions : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send the message at hand and keep it.</summary>
    Send = 1,

    /// <summary>Send the last message again.</summary>
    Resend = 2,

    /// <summary>Client: send the ACK for a non-2xx (§17.1.1.3).</summary>
    Acknowledge = 4,

    /// <summary>Stop the timers that run.</summary>
    Disarm = 8,

    /// <summary>Start the retransmission timer (unreliable transports) and the time-out: A and B, E and F, G and H.</summary>
    ArmRetransmit = 16,

    /// <summary>Start the retransmission timer anew with its next interval.</summary>
    BackOff = 32,

    /// <summary>Start the timer after which the transaction is forgotten: D, I, J, K, L or M.</summary>
    ArmLinger = 64,

    /// <summary>Hand the message to the transaction user.</summary>
    Deliver = 128,

    /// <summary>Tell the transaction user that the other side did not answer in time.</summary>
    ReportTimeout = 256,

    /// <summary>Tell the transaction user that the transport failed.</summary>
    ReportError = 512,
}
