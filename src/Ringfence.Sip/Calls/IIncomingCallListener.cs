using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>What an incoming call tells whoever owns it.</summary>
public interface IIncomingCallListener : ICallListener
{
    /// <summary>The caller acknowledged the answer; the ACK carries the SDP answer when the 2xx carried the offer.</summary>
    void OnAcknowledged(IncomingCall call, SipRequest ack) { }

    /// <summary>
    /// The PRACK for the offer of an early session has come and been answered. <paramref name="answer"/> is its SDP, empty when the PRACK has none;
    /// a caller that wants no early session refuses each of its streams with port 0 (RFC 3959 §4).
    /// </summary>
    void OnEarlyAnswer(IncomingCall call, ReadOnlyMemory<byte> answer) { }
}
