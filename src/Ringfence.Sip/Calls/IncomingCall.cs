using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A call that an INVITE began: progress it, answer it, refuse it or redirect it (RFC 3261 §13.3).</summary>
public sealed class IncomingCall : Call
{
    internal IncomingCall(SipRequest request, in Peer from)
    {
        Request = request;
        From = from;
    }

    /// <summary>Who hears of the call; set it before <see cref="ICallHandler.OnInvite"/> returns.</summary>
    public IIncomingCallListener? Listener { get; set; }

    /// <summary>The INVITE.</summary>
    public SipRequest Request { get; }

    /// <summary>Where the INVITE came from.</summary>
    public Peer From { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId => default;

    /// <summary>
    /// Sends a provisional response of 101 to 199, which makes an early dialog. It is repeated every minute until the final
    /// response (RFC 3261 §13.3.1.1). False when the call is no longer open.
    /// </summary>
    /// <param name="statusCode">101 to 199.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="body">SDP for early media, or nothing.</param>
    /// <param name="headers">Further header lines, such as P-Early-Media.</param>
    public bool Progress(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        params ReadOnlySpan<HeaderField> headers
    ) => false;

    /// <summary>Sends 200 OK and repeats it until the ACK comes (RFC 3261 §13.3.1.4). False when the call is no longer open.</summary>
    public bool Answer(in Body body, params ReadOnlySpan<HeaderField> headers) => false;

    /// <summary>Sends a final response of 400 to 699; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">400 to 699.</param>
    /// <param name="reasonPhrase">The phrase; empty for the one of the RFC.</param>
    /// <param name="headers">Further header lines, such as Reason or Call-Info.</param>
    public bool Refuse(int statusCode, ReadOnlySpan<byte> reasonPhrase, params ReadOnlySpan<HeaderField> headers) =>
        false;

    /// <summary>Sends a final response of 300 to 399; the call is over. False when it is no longer open.</summary>
    /// <param name="statusCode">300 to 399, mostly 302.</param>
    /// <param name="contacts">The Contact value: one or more name-addrs, separated by commas.</param>
    /// <param name="headers">Further header lines.</param>
    public bool Redirect(int statusCode, ReadOnlySpan<byte> contacts, params ReadOnlySpan<HeaderField> headers) =>
        false;

    /// <inheritdoc/>
    public override bool End(params ReadOnlySpan<HeaderField> headers) => false;
}
