using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>What an incoming call tells whoever owns it.</summary>
public interface IIncomingCallListener : ICallListener
{
    /// <summary>The caller acknowledged the answer; the ACK carries the SDP answer when the 2xx carried the offer.</summary>
    void OnAcknowledged(IncomingCall call, SipRequest ack) { }
}
