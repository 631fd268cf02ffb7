using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A request other than the first INVITE of a call, to be answered once, now or later.</summary>
public sealed class IncomingRequest
{
    internal IncomingRequest(Call? call, SipRequest request, in Peer from)
    {
        Call = call;
        Request = request;
        From = from;
    }

    /// <summary>The call whose dialog it came in; null outside any dialog.</summary>
    public Call? Call { get; }

    /// <summary>The request.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it came from.</summary>
    public Peer From { get; }

    /// <summary>Sends a final response of 200 to 699. False when it has been answered, or can no longer be.</summary>
    public bool Answer(
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        in Body body,
        params ReadOnlySpan<HeaderField> headers
    ) => false;

    /// <summary>
    /// The answer of somebody who does not care: 488 to a new offer (the session goes on unchanged, RFC 3261 §14.2), 200 to
    /// UPDATE without one and to INFO without a body, 415 to INFO with one, 405 to the rest.
    /// </summary>
    public bool AnswerByDefault() => false;
}
