namespace Ringfence.Sip.Dialogs;

/// <summary>Who sent a 2xx and waits for its ACK.</summary>
internal interface IAnswerUser
{
    /// <summary>No ACK has come in 64·T1.</summary>
    void OnUnacknowledged();
}
