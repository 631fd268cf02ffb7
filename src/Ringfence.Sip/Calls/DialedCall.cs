using System.Threading.Channels;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Calls;

/// <summary>An outgoing call to be awaited, from any thread. Made by <see cref="SipNode.Dial(Invitation)"/>.</summary>
public sealed class DialedCall : IOutgoingCallListener
{
    private const int KeptProgress = 64;
    private readonly Channel<SipResponse> _progress = Channel.CreateBounded<SipResponse>(
        new BoundedChannelOptions(KeptProgress) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true }
    );
    private readonly TaskCompletionSource<FinalResponse> _final = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource<CallEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lane _lane;
    private OutgoingCall? _call;

    internal DialedCall(CallLayer layer, Invitation invitation)
    {
        _lane = layer.Transactions.Lane;
        if (!_lane.Post(new PostedAction(() => _call = layer.Invite(invitation, this))))
        {
            Finish(503, null, CallEnd.Lost);
        }
    }

    /// <summary>
    /// The provisional responses of 101 to 199 as they come; ends with the final response. One reader; one that does not keep up
    /// loses the oldest.
    /// </summary>
    public IAsyncEnumerable<SipResponse> Progress => _progress.Reader.ReadAllAsync();

    /// <summary>The final response; a 2xx has been acknowledged.</summary>
    public Task<FinalResponse> Final => _final.Task;

    /// <summary>Why the call is over, once it is.</summary>
    public Task<CallEnd> Ended => _ended.Task;

    /// <summary>
    /// Does something with the call on its lane: a re-INVITE, an INFO, an ACK with the answer to a delayed offer. False when the
    /// lane has no room for more work.
    /// </summary>
    public bool Post(Action<OutgoingCall> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return _lane.Post(new PostedAction(() => action(_call!)));
    }

    /// <summary>Ends the call: CANCEL before the answer, BYE after it. Await <see cref="Ended"/> for the end.</summary>
    public bool End() => Post(static call => call.End());

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response) =>
        _progress.Writer.TryWrite(response);

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response) =>
        Finish(response.StatusCode, response, null);

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        Finish(statusCode, response, null);

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) =>
        Finish(end == CallEnd.NotAnswered ? 408 : 487, message as SipResponse, end);

    /// <summary>The first to say what became of the INVITE counts.</summary>
    private void Finish(int statusCode, SipResponse? response, CallEnd? end)
    {
        _progress.Writer.TryComplete();
        _final.TrySetResult(new FinalResponse(statusCode, response));
        if (end is { } reason)
        {
            _ended.TrySetResult(reason);
        }
    }
}
