using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Dialogs;

/// <content>The early session beside the session (RFC 3959).</content>
public sealed partial class Dialog
{
    /// <summary>
    /// The far side's offer of an early session that waits for its answer in the PRACK; empty for none. Only of calls with
    /// <see cref="Calls.Call.TakesEarlySession"/>.
    /// </summary>
    public ReadOnlyMemory<byte> EarlyOffer { get; internal set; }

    /// <summary>Where the early session stands.</summary>
    internal EarlySessionState EarlySession { get; private set; }

    /// <summary>Notes what a message of either side does to the early session.</summary>
    internal EarlySessionStep TakeEarly(bool isOurs, SessionMessage message, bool isDescribed)
    {
        EarlySessionStep step = EarlySessionRules.Next(EarlySession, isOurs, message, isDescribed);
        EarlySession = step.Next;
        return step;
    }

    /// <summary>A request with an early offer was refused.</summary>
    internal void RefuseEarly(SessionMessage request) =>
        EarlySession = EarlySessionRules.Refused(EarlySession, request);

    /// <summary>Keeps the first session description of the far side (§13.2.1).</summary>
    internal void Describe(SipMessage message)
    {
        if (
            RemoteDescription.IsEmpty
            && !Multipart.FindSdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault
        )
        {
            RemoteDescription = sdp.ToArray();
        }
    }
}
