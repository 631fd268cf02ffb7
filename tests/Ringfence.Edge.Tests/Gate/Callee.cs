using System.Net;
using System.Text;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>A callee that does what the test says.</summary>
internal sealed class Callee(Handset handset) : ICallHandler, IIncomingCallListener
{
    internal Handset Handset => handset;

    internal IncomingCall Call { get; private set; } = null!;

    internal string Invite { get; private set; } = "";

    /// <summary>How often it was called.</summary>
    internal int Invites { get; private set; }

    internal bool IsCalled => Call is not null;

    internal CallEnd? End { get; private set; }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        Call = call;
        Invites++;
        Invite = Encoding.UTF8.GetString(call.Request.Bytes);
        call.Listener = this;
        call.Reliability = Early is null ? Reliability.Off : Reliability.Supported;
        call.TakesEarlySession = Early is not null;
        handset.Edge = new IPEndPoint(
            IPAddress.Loopback,
            SdpParser.Parse(call.Request.Body).Session!.Audio!.Port
        ).Serialize();
        OnCalled?.Invoke(call);
    }

    /// <summary>What is early comes from here, where the callee knows early sessions (RFC 3959).</summary>
    internal Handset? Early { get; set; }

    /// <summary>The answer to its offer of one.</summary>
    internal string EarlyAnswer { get; private set; } = "";

    /// <summary>183 with the offer of an early session beside the answer.</summary>
    internal void ProgressEarly()
    {
        Call.MayOfferEarlySession.ShouldBeTrue();
        var body = Body.EarlySdp(Encoding.ASCII.GetBytes(Early!.Sdp()), Encoding.ASCII.GetBytes(handset.Sdp()));
        Call.Progress(183, default, body).ShouldBeTrue();
    }

    void IIncomingCallListener.OnEarlyAnswer(IncomingCall call, ReadOnlyMemory<byte> answer)
    {
        EarlyAnswer = Encoding.ASCII.GetString(answer.Span);
        int port = SdpParser.Parse(answer.Span).Session!.Audio!.Port;
        Early!.Edge = port == 0 ? null : new IPEndPoint(IPAddress.Loopback, port).Serialize();
    }

    /// <summary>What was offered within the call, and taken.</summary>
    internal List<string> Offers { get; } = [];

    /// <summary>True to take whatever is offered within the call; nothing is taken otherwise.</summary>
    internal bool Reanswers { get; set; }

    /// <summary>What it does with the call at once.</summary>
    internal Action<IncomingCall>? OnCalled { get; set; }

    void ICallListener.OnRequest(Call call, IncomingRequest request)
    {
        if (Reanswers && request.IsOffer)
        {
            Offers.Add(Encoding.UTF8.GetString(request.Request.Body));
            request.Answer(200, default, Text(handset.Sdp()));
        }
        else
        {
            request.AnswerByDefault();
        }
    }

    /// <summary>What ended it: a CANCEL or BYE as it came.</summary>
    internal string Ended { get; private set; } = "";

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) =>
        (End, Ended) = (end, message is null ? "" : Encoding.UTF8.GetString(message.Bytes));

    internal void Progress(int code, string? sdp = null, params HeaderField[] headers) =>
        Call.Progress(code, default, Text(sdp), headers).ShouldBeTrue();

    internal void Answer(string? sdp = null) => Call.Answer(Text(sdp ?? handset.Sdp())).ShouldBeTrue();

    internal void Refuse(int code, params HeaderField[] headers) => Call.Refuse(code, default, headers).ShouldBeTrue();

    private static Body Text(string? sdp) => sdp is null ? Body.None : Body.Sdp(Encoding.ASCII.GetBytes(sdp));
}
