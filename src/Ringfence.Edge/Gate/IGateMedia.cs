using System.Net;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate.Border;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Gate;

/// <summary>
/// The media of one gated call, as its signalling sees it. Another relay than the edge's own stands behind this too: it may write
/// the descriptions, and it is told which early stream the caller shall hear. Everything on the call's lane.
/// </summary>
internal interface IGateMedia
{
    /// <summary>Session descriptions once the call stands.</summary>
    ISessionBridge Session { get; }

    /// <summary>SDP that goes out with 183; empty when the INVITE carried no offer.</summary>
    ReadOnlyMemory<byte> AnswerToCaller { get; }

    /// <summary>The address that this side is described with.</summary>
    IPAddress Address { get; }

    /// <summary>What the caller is offered for what is early; null where that goes over the session itself.</summary>
    CallerEarlySession? EarlySession { get; }

    /// <summary>The body of the caller's first provisional response with media.</summary>
    Body ProgressFor(IncomingCall caller);

    /// <summary>SDP for the 200: the same as in the 183 (RFC 3261 §13.2.1), or this side's offer.</summary>
    ReadOnlyMemory<byte> DescriptionForCaller { get; }

    /// <summary>The border that the caller's media crosses; null where it comes straight here.</summary>
    BorderLeg? Border { get; }

    /// <summary>The offer of a far leg, with the address from which the callee, or its side of the border, is reached.</summary>
    byte[] OfferToCallee(int leg, in ProxyTarget target, BorderLeg? border);

    /// <summary>The callee described its media in a provisional response. False when there is nothing to join.</summary>
    /// <param name="fork">The early dialog.</param>
    /// <param name="description">The SDP.</param>
    /// <param name="authorized">What P-Early-Media authorizes; null where nothing was said that counts.</param>
    bool Early(EarlyFork fork, ReadOnlySpan<byte> description, EarlyDirections? authorized);

    /// <summary>
    /// The callee offers an early session (RFC 3959), which is its early stream from now on. False when it is refused; then what it describes
    /// for the call itself is its early stream.
    /// </summary>
    /// <param name="fork">The early dialog.</param>
    /// <param name="offer">The SDP.</param>
    /// <param name="answer">What belongs into the PRACK; empty where the offer cannot be read.</param>
    bool TryEarlySession(EarlyFork fork, ReadOnlySpan<byte> offer, out byte[] answer);

    /// <summary>P-Early-Media authorizes something else of an early dialog.</summary>
    void Authorize(EarlyFork fork, EarlyDirections authorized);

    /// <summary>The callee is alerted: ringback, until something is to be heard.</summary>
    void Alerting();

    /// <summary>An early dialog is over.</summary>
    void Ended(EarlyFork fork);

    /// <summary>The callee's descriptions within the call are those of this dialog.</summary>
    void Speaks(EarlyFork fork);

    /// <summary>Every early dialog is over: the next target is tried.</summary>
    void EndedAll();

    /// <summary>The call is answered in this dialog. False when the two cannot be joined.</summary>
    bool Answered(EarlyFork fork, ReadOnlySpan<byte> description);

    /// <summary>
    /// The caller answers this side's offer: in the PRACK when a reliable response carried it, or in the ACK when the 200 did. False when it
    /// is no answer.
    /// </summary>
    bool CallerAcknowledged(ReadOnlySpan<byte> description);

    /// <summary>Ends the media and notes what there was of it.</summary>
    void Close();
}
