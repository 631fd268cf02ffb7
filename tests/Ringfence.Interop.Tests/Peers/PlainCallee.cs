using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>
/// A callee on the public API of Ringfence.Sip: 183 with SDP at once, 200 after a while; an UPDATE that offers gets an answer, as
/// does a re-INVITE.
/// </summary>
internal sealed class PlainCallee(int answerAfter) : ICallHandler, IIncomingCallListener
{
    internal static readonly Body Sdp = Body.Sdp(
        """
        v=0
        o=- 2 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio 30002 RTP/AVP 0
        """
    );

    internal static SipNode Open(int port, int answerAfter, CallOptions? options = null) =>
        SipNode.Open(
            SipNodeOptions.At($"udp:127.0.0.1:{port}") with
            {
                Calls = options ?? CallOptions.Default,
            },
            _ => new PlainCallee(answerAfter)
        );

    public void OnInvite(IncomingCall call)
    {
        call.Listener = this;
        call.Progress(183, default, Sdp);
        call.After(TimeSpan.FromMilliseconds(answerAfter), () => call.Answer(Sdp));
    }

    public void OnRequest(Call call, IncomingRequest request) =>
        request.Answer(200, default, request.Request.Body.IsEmpty ? Body.None : Sdp);

    public void OnEnded(Call call, CallEnd end, SipMessage? message) { }

    /// <summary>No call is left at the callee: its BYE or CANCEL reached it.</summary>
    internal static async Task EmptyAsync(SipNode node)
    {
        for (int i = 0; i < 1_000 && node.Calls > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        node.Calls.ShouldBe(0);
    }
}
