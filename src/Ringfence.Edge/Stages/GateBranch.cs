using System.Text;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Gate.Border;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>
/// One far leg of a gated call (RFC 3261 §16.6): a target, called across the border where its media crosses one. What it says is told
/// in the order in which it came, though each description takes its time to cross.
/// </summary>
internal sealed class GateBranch(GateCall owner, ProxyTarget target, int number) : IOutgoingCallListener
{
    /// <summary>Responses that wait behind one that crosses; more of a callee are not heard.</summary>
    private const int MostWaiting = 16;

    private readonly Queue<Heard> _heard = new();
    private readonly HashSet<EarlyFork> _forks = [];
    private Heard _crossed;
    private byte[] _plain = [];
    private bool _isCrossing;

    internal ProxyTarget Target => target;

    internal int Number => number;

    /// <summary>The border that its media crosses; null for none.</summary>
    internal BorderLeg? Border { get; set; }

    /// <summary>The leg; null before the INVITE.</summary>
    internal OutgoingCall? Call { get; private set; }

    /// <summary>Whether anything but 100 came.</summary>
    internal bool IsRinging { get; private set; }

    /// <summary>Whether it has neither failed nor been answered.</summary>
    internal bool IsPending { get; private set; } = true;

    /// <summary>The early dialogs that it was heard in.</summary>
    internal IReadOnlyCollection<EarlyFork> Forks => _forks;

    /// <summary>Calls the target, with an offer that crosses the border first where there is one.</summary>
    internal void Begin()
    {
        byte[] offer = owner.OfferTo(this);
        if (Border is not { } border)
        {
            Call = owner.Invite(this, offer);
            return;
        }

        border.Leave(
            offer,
            isOffer: true,
            reply =>
            {
                if (!IsPending)
                {
                    border.Delete();
                }
                else if (reply.Sdp is { } sdp)
                {
                    Call = owner.Invite(this, Encoding.UTF8.GetBytes(sdp));
                }
                else
                {
                    border.Delete();
                    owner.NotCrossed(this, reply);
                }
            }
        );
    }

    /// <summary>Calls the target without the border.</summary>
    internal void BeginAlone()
    {
        Border = null;
        Begin();
    }

    /// <summary>It is pending no more; true once.</summary>
    internal bool Finish()
    {
        bool wasPending = IsPending;
        IsPending = false;
        return wasPending;
    }

    /// <summary>The name of one of its dialogs.</summary>
    internal EarlyFork ForkOf(ReadOnlySpan<byte> tag) => new(number, Encoding.Latin1.GetString(tag));

    /// <summary>Takes back what was asked of it, or ends it. What was not asked yet will not be.</summary>
    internal void End(params ReadOnlySpan<HeaderField> headers)
    {
        Finish();
        Call?.End(headers);
        Border?.Delete();
    }

    /// <summary>Takes back what was asked of it, but not an answer that crosses.</summary>
    internal void Withdraw(HeaderField reason)
    {
        if (IsPending && Call?.Withdraw(reason) != true)
        {
            End(reason);
        }
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        IsRinging = true;
        byte[] description = SdpBody.Of(response).ToArray();
        if (IsPending && !dialog.EarlyOffer.IsEmpty)
        {
            // What is early comes by the early session then; the session itself is for the answer.
            byte[] offer = dialog.EarlyOffer.ToArray();
            bool isTaken = owner.TryEarlySession(ForkOf(dialog.RemoteTag.Span), offer, out byte[] answer);
            call.AcknowledgeProgress(dialog, answer.Length == 0 ? Body.None : Body.EarlySdp(answer));
            description = isTaken ? offer : description;
        }

        Hear(new Heard(dialog, response, description, IsAnswer: false));
    }

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        byte[] description = SdpBody.Of(response).ToArray();
        Hear(
            new Heard(
                dialog,
                response,
                description.Length == 0 ? dialog.RemoteDescription.ToArray() : description,
                IsAnswer: true
            )
        );
    }

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        owner.Refused(this, statusCode, response);

    void ICallListener.OnRequest(Call call, IncomingRequest request) => owner.OnRequest(this, request);

    void ICallListener.OnReinviteAcknowledged(Call call, IncomingRequest reinvite, SipRequest ack) =>
        owner.OnReinviteAcknowledged(call, reinvite, ack);

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) => owner.Ended(this, end, message);

    private void Hear(in Heard heard)
    {
        _forks.Add(ForkOf(heard.Dialog.RemoteTag.Span));
        if (Border is null)
        {
            Tell(heard, heard.Description);
        }
        else if (heard.IsAnswer || _heard.Count < MostWaiting)
        {
            _heard.Enqueue(heard);
            GoOn();
        }
    }

    private void GoOn()
    {
        while (!_isCrossing && _heard.TryPeek(out Heard next))
        {
            if (next.Description.Length == 0 || next.IsAs(_crossed))
            {
                _heard.Dequeue();
                Tell(next, next.Description.Length == 0 ? [] : _plain);
                continue;
            }

            _isCrossing = true;
            Border!.Enter(
                next.Description,
                isOffer: false,
                reply =>
                {
                    _isCrossing = false;
                    _crossed = next;
                    _plain = Encoding.UTF8.GetBytes(reply.Sdp ?? "");
                    GoOn();
                }
            );
        }
    }

    private void Tell(in Heard heard, byte[] description)
    {
        EarlyFork fork = ForkOf(heard.Dialog.RemoteTag.Span);
        if (heard.IsAnswer)
        {
            owner.Answered(this, fork, heard.Response, description);
        }
        else
        {
            owner.Progressed(this, fork, heard.Response, description);
        }
    }

    private readonly record struct Heard(Dialog Dialog, SipResponse Response, byte[] Description, bool IsAnswer)
    {
        /// <summary>Whether the same callee says the same again, as a 200 does after a 183.</summary>
        internal bool IsAs(in Heard other) =>
            Dialog == other.Dialog && Description.AsSpan().SequenceEqual(other.Description);
    }
}
