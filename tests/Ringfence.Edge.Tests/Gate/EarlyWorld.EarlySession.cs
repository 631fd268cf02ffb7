using System.Net;
using System.Text;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;

namespace Ringfence.Edge.Tests.Gate;

/// <content>A caller that knows early sessions (RFC 3959).</content>
internal sealed partial class EarlyWorld
{
    /// <summary>Where the caller hears what is early; set it and the caller knows early sessions.</summary>
    internal Handset? EarlySession { get; init; }

    /// <summary>What the caller answers to the offer of one; null for its handset's description, empty for a PRACK without an answer.</summary>
    internal string? EarlyAnswer { get; set; }

    /// <summary>What was offered.</summary>
    internal string EarlyOffer { get; private set; } = "";

    /// <summary>Packets of the session itself that had come when the 200 did.</summary>
    internal int ReceivedAtAnswer { get; private set; } = -1;

    /// <summary>Whether the caller can do reliable provisional responses.</summary>
    internal bool IsReliable { get; init; }

    private void AnswerEarly(OutgoingCall call, Dialog dialog)
    {
        if (dialog.EarlyOffer.IsEmpty)
        {
            if (call.Invitation.Body.IsEmpty)
            {
                // The offer is in the response, where it is reliable.
                call.AcknowledgeProgress(dialog, Body.Sdp(Encoding.ASCII.GetBytes(Alice.Sdp())));
            }

            return;
        }

        EarlyOffer = Encoding.ASCII.GetString(dialog.EarlyOffer.Span);
        int port = SdpParser.Parse(dialog.EarlyOffer.Span).Session!.Audio!.Port;
        EarlySession!.Edge = new IPEndPoint(IPAddress.Loopback, port).Serialize();
        string answer = EarlyAnswer ?? EarlySession.Sdp();
        Body body = answer.Length == 0 ? Body.None : Body.EarlySdp(Encoding.ASCII.GetBytes(answer));
        call.AcknowledgeProgress(dialog, body).ShouldBeTrue();
    }
}
