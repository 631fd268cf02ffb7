using Ringfence.Media.Srtp;

namespace Ringfence.Media.Relay;

/// <content>SRTP.</content>
public sealed partial class RtpRelay
{
    /// <summary>Makes both directions of a side SRTP (RFC 3711).</summary>
    /// <param name="side"><see cref="Caller"/> or <see cref="Callee"/>.</param>
    /// <param name="ours">Key of what is sent to the side: that of the own SDP.</param>
    /// <param name="theirs">Key of what comes from it: that of its SDP.</param>
    public void Secure(RelaySide side, SrtpMasterKey ours, SrtpMasterKey theirs) =>
        _requests.Enqueue(() => side.Secure(ours, theirs));

    /// <summary>
    /// What comes from a side that is secured is under another key from now on. What is sent to it keeps its own, and its count
    /// of packets with it (RFC 3711 section 3.2.1).
    /// </summary>
    /// <param name="side"><see cref="Caller"/> or <see cref="Callee"/>.</param>
    /// <param name="theirs">Key of what comes from it: that of its new SDP.</param>
    public void Rekey(RelaySide side, SrtpMasterKey theirs) => _requests.Enqueue(() => side.Rekey(theirs));
}
