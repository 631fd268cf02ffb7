using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>Owner of calls of either kind: writes down what it hears and does what a test tells it to.</summary>
internal sealed class Recorder : IIncomingCallListener, IOutgoingCallListener, ICallHandler, IRequestListener
{
    internal List<string> Heard { get; } = [];

    internal List<IncomingCall> Incoming { get; } = [];

    internal Action<IncomingCall>? OnNew { get; set; }

    internal Action<OutgoingCall, Dialog, SipResponse>? OnRinging { get; set; }

    internal Action<OutgoingCall>? OnUp { get; set; }

    internal Action<IncomingRequest>? OnAsked { get; set; }

    internal SipMessage? LastMessage { get; private set; }

    internal int Ended { get; private set; }

    public void OnInvite(IncomingCall call)
    {
        Heard.Add("invite");
        call.Listener = this;
        Incoming.Add(call);
        OnNew?.Invoke(call);
    }

    public void OnAcknowledged(IncomingCall call, SipRequest ack)
    {
        LastMessage = ack;
        Heard.Add("acknowledged");
    }

    public void OnEarlyAnswer(IncomingCall call, ReadOnlyMemory<byte> answer) =>
        Heard.Add(
            answer.IsEmpty ? "no early answer" : "early answer " + TypedWorld.Text(answer).Split('\n')[^2].Trim()
        );

    public void OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        LastMessage = response;
        Heard.Add($"progress {response.StatusCode}");
        OnRinging?.Invoke(call, dialog, response);
    }

    public void OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        LastMessage = response;
        Heard.Add($"answered {response.StatusCode}");
        OnUp?.Invoke(call);
    }

    public void OnRefused(OutgoingCall call, int statusCode, SipResponse? response)
    {
        LastMessage = response;
        Heard.Add($"refused {statusCode}{(response is null ? " alone" : "")}");
    }

    public void OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        LastMessage = message;
        Ended++;
        Heard.Add($"ended {end}");
    }

    public void OnRequest(Call call, IncomingRequest request)
    {
        Heard.Add($"request {request.Request.Method}");
        if (OnAsked is { } asked)
        {
            asked(request);
        }
        else
        {
            request.AnswerByDefault();
        }
    }

    public void OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) =>
        Heard.Add($"completed {method} {statusCode}");
}
