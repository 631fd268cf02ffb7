using System.Text;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.BackToBack;

/// <summary>Alice and Bob with a back-to-back user agent between them, on a network without sockets.</summary>
internal sealed class BackToBackWorld : ICallHandler, IBackToBackListener
{
    private const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE, REFER, NOTIFY";
    private readonly MemoryNode _node;
    private readonly TransactionLayer _transactions;
    private readonly CallLayer _calls;

    internal BackToBackWorld(
        int seed = 1,
        CallOptions? alice = null,
        CallOptions? bob = null,
        BackToBackOptions? options = null
    )
    {
        Network = new MemoryNetwork(Clock, seed) { Carried = message => Ladder.Add(message) };
        Alice = new CallSide(Network, Clock, "192.0.2.1:5060", seed + 1, alice ?? new CallOptions { Allow = Allow });
        Bob = new CallSide(Network, Clock, "192.0.2.2:5060", seed + 2, bob ?? new CallOptions { Allow = Allow });
        _node = Network.Add(
            System.Net.IPEndPoint.Parse("192.0.2.5:5060"),
            new Lane(0, Clock, LaneRandom.Seeded(seed + 3))
        );
        _transactions = new TransactionLayer(_node.Lane, _node.Wire, SipTimers.Default, TransactionLimits.Default);
        _calls = new CallLayer(_transactions, this, new CallOptions { Allow = Allow });
        _node.Attach(_transactions);
        Options = options ?? BackToBackOptions.Default;
    }

    internal ManualClock Clock { get; } = new();

    internal MemoryNetwork Network { get; }

    internal CallSide Alice { get; }

    internal CallSide Bob { get; }

    internal BackToBackOptions Options { get; }

    internal BackToBackCall Middle { get; private set; } = null!;

    internal List<BackToBackEnd> Ends { get; } = [];

    internal List<CarriedMessage> Ladder { get; } = [];

    /// <summary>Ways to Bob, tried in turn.</summary>
    internal int Targets { get; init; } = 1;

    internal Invitation Invitation { get; set; } = null!;

    private int _tried;

    /// <summary>"A&gt; INVITE": from Alice; "&gt;A 200": to Alice; the same with B.</summary>
    internal string[] Steps =>
        [
            .. Ladder.Select(message =>
            {
                string text = Text(message);
                string what = text.StartsWith("SIP/2.0", StringComparison.Ordinal)
                    ? text.Substring(8, 3)
                    : text.Split(' ')[0];
                return message.From.Address == Alice.Node.Local.Address ? $"A> {what}"
                    : message.To.Address == Alice.Node.Local.Address ? $">A {what}"
                    : message.From.Address == Bob.Node.Local.Address ? $"B> {what}"
                    : $">B {what}";
            }),
        ];

    /// <summary>The message of a step.</summary>
    internal string Sent(string step, int index = 0) => Text(Ladder.Where((_, i) => Steps[i] == step).ElementAt(index));

    internal OutgoingCall Call(Func<Invitation, Invitation>? change = null, Body? offer = null)
    {
        Invitation = Alice.To(_node) with { Body = offer ?? CallSide.Offer };
        OutgoingCall call = Alice.Calls.Invite((change ?? (plain => plain))(Invitation), Alice.Owner);
        Run(100);
        return call;
    }

    /// <summary>A call that is up, and what has been said until then forgotten.</summary>
    internal OutgoingCall Up(Func<Invitation, Invitation>? change = null)
    {
        Bob.Owner.OnNew = call => call.Answer(Answer);
        OutgoingCall call = Call(change);
        call.State.ShouldBe(CallState.Confirmed);
        Bob.Owner.Incoming[^1].State.ShouldBe(CallState.Confirmed);
        Ladder.Clear();
        Alice.Heard.Clear();
        Bob.Heard.Clear();
        return call;
    }

    internal static Body Answer { get; } = Session(5000);

    internal static Body Session(int port, string direction = "sendrecv") =>
        Body.Sdp(
            $"v=0\r\no=- 2 {port} IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\na={direction}\r\n"
        );

    internal void Run(double milliseconds) => Network.Run(TimeSpan.FromMilliseconds(milliseconds));

    internal void RunOut()
    {
        Network.RunUntilIdle(TimeSpan.FromMinutes(30)).ShouldBeTrue();
        Alice.ShouldBeEmpty();
        Bob.ShouldBeEmpty();
        _calls.Count.ShouldBe(0);
        _calls.Dialogs.Count.ShouldBe(0);
        _transactions.Count.ShouldBe(0);
        _node.Lane.Timers.Count.ShouldBe(0);
    }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        _tried = 0;
        Middle = new BackToBackCall(_calls, call, Options, this);
        Middle.Begin();
    }

    Invitation? IBackToBackListener.NextTarget(BackToBackCall call) =>
        _tried++ < Targets
            ? FarInvite.Of(call.Caller, Bob.Node.Local, "sip:bob@192.0.2.2"u8.ToArray(), Options.TowardsCallee)
            : null;

    void IBackToBackListener.OnEnded(BackToBackCall call, BackToBackEnd end) => Ends.Add(end);

    private static string Text(CarriedMessage message) => Encoding.UTF8.GetString(message.Bytes.Span);
}
