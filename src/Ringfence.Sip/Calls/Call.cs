using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>
/// One call as one of its two ends sees it. Everything happens on the call's lane: work from elsewhere comes by
/// <see cref="Lanes.Lane.Post"/>. What comes too late because the call has gone on meanwhile returns false and does nothing.
/// </summary>
public abstract class Call
{
    private protected Call() { }

    /// <summary>Where the call stands.</summary>
    public CallState State { get; private protected set; }

    /// <summary>The Call-ID.</summary>
    public abstract ReadOnlyMemory<byte> CallId { get; }

    /// <summary>The dialog of the answered call; of an incoming one already from its first provisional response on.</summary>
    public Dialog? Dialog { get; private protected set; }

    /// <summary>Whatever the owner wants to keep with the call.</summary>
    public object? Context { get; set; }

    /// <summary>
    /// Ends the call in the way of its state: CANCEL before the answer of an outgoing call, 480 for an incoming one, BYE after
    /// the answer (held until the ACK, RFC 3261 §15). False when it is already ending or over.
    /// </summary>
    /// <param name="headers">Further header lines for the CANCEL, response or BYE, such as Reason.</param>
    public abstract bool End(params ReadOnlySpan<HeaderField> headers);

    /// <summary>
    /// Sends a request within the dialog: re-INVITE, UPDATE, INFO and so on. False when there is no dialog for it, or another
    /// INVITE is still open (RFC 3261 §14.1).
    /// </summary>
    public bool Send(
        SipMethod method,
        in Body body,
        IRequestListener? listener,
        params ReadOnlySpan<HeaderField> headers
    ) => false;
}
