using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Dialogs;

/// <summary>Who gets the requests that come within a dialog.</summary>
internal interface IDialogUser
{
    /// <summary>A request with the dialog's tags and no transaction yet; ACK included.</summary>
    void OnRequest(Dialog dialog, in Peer from, SipRequest request);
}
