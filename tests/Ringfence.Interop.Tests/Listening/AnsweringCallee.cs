using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>Answers its one call, and ends it when the test says so.</summary>
internal sealed class AnsweringCallee(CallLayer calls) : LaneWork, ICallHandler, IIncomingCallListener
{
    private readonly TaskCompletionSource<IncomingCall> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CallEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An offer, and its answer.</summary>
    internal static Body Sdp { get; } =
        Body.Sdp(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n"u8.ToArray()
        );

    internal Task<IncomingCall> IsUp => _up.Task;

    internal Task<CallEnd> Ended => _ended.Task;

    public void OnInvite(IncomingCall call)
    {
        call.Listener = this;
        call.Answer(Sdp);
    }

    public void OnAcknowledged(IncomingCall call, SipRequest ack) => _up.TrySetResult(call);

    public void OnEnded(Call call, CallEnd end, SipMessage? message) => _ended.TrySetResult(end);

    public override void Run(Lane lane) => _up.Task.GetAwaiter().GetResult().End();

    internal void End() => calls.Transactions.Lane.Post(this).ShouldBeTrue();
}
