namespace Ringfence.Sip.Dialogs;

/// <summary>Who sends provisional responses reliably.</summary>
internal interface IReliableUser
{
    /// <summary>No PRACK has come in 64·T1: the INVITE is to be refused with 5xx (RFC 3262 §3).</summary>
    void OnUnreliable();
}
