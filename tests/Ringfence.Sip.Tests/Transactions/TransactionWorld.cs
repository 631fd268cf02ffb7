using System.Net;
using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transactions;

/// <summary>One transaction layer, a far end that is typed by hand, and a clock that is turned by hand.</summary>
internal sealed class TransactionWorld : ITransactionUser, IServerUser, IClientUser
{
    internal static readonly Peer Far = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.1:5060"));
    internal static readonly Peer FarTcp = Peer.From(TransportKind.Tcp, IPEndPoint.Parse("192.0.2.1:5060"), 0, 7);
    private readonly ManualClock _clock = new();

    internal TransactionWorld(TransactionLimits? limits = null)
    {
        Lane = new Lane(0, _clock, LaneRandom.Seeded(1));
        Wire = new RecordingWire(Lane, Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.2:5060")));
        Layer = new TransactionLayer(Lane, Wire, SipTimers.Default, limits ?? TransactionLimits.Default)
        {
            User = this,
        };
    }

    internal Lane Lane { get; }

    internal RecordingWire Wire { get; }

    internal TransactionLayer Layer { get; }

    /// <summary>What the transactions told their user: time and word.</summary>
    internal List<(long At, string What)> Told { get; } = [];

    internal List<ServerTransaction> Servers { get; } = [];

    /// <summary>False to leave new requests without a transaction.</summary>
    internal bool Accepts { get; set; } = true;

    internal bool TryingAtOnce { get; set; }

    internal long[] SentAt => [.. Wire.Sent.Select(sent => sent.At)];

    internal void Receive(string message, Peer? from = null) => Layer.OnMessage(from ?? Far, SipText.Parse(message));

    internal void Run(long milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Lane.Turn();
    }

    internal ClientTransaction Send(string method, Peer? to = null, string extra = "")
    {
        var branch = Token.Branch(Lane.Random);
        string text = SipText.Request(
            method,
            Encoding.ASCII.GetString(branch.Span),
            uri: "sip:alice@192.0.2.1",
            via: "192.0.2.2:5060",
            extra: extra
        );
        return Layer.Send(
            to ?? Far,
            SipMethods.Parse(Encoding.ASCII.GetBytes(method)),
            branch,
            Encoding.UTF8.GetBytes(text),
            this
        );
    }

    internal bool Heard(string what) => Told.Exists(told => told.What == what);

    internal void ShouldBeEmpty()
    {
        Layer.Count.ShouldBe(0);
        Lane.Timers.Count.ShouldBe(0);
        Layer.Pool.Outstanding.ShouldBe(0);
    }

    public void OnRequest(in Peer from, SipRequest request)
    {
        Tell("request " + Encoding.UTF8.GetString(request.MethodName));
        if (Accepts && request.Method != SipMethod.Ack && Layer.Accept(from, request, this, TryingAtOnce) is { } server)
        {
            Servers.Add(server);
        }
    }

    public void OnResponse(in Peer from, SipResponse response) => Tell($"stray {response.StatusCode}");

    public void OnAck(ServerTransaction transaction, SipRequest ack) => Tell("ack");

    public void OnCancel(ServerTransaction transaction, SipRequest cancel) => Tell("cancel");

    public void OnTerminated(ServerTransaction transaction) => Tell("terminated");

    public void OnTransportError(ServerTransaction transaction) => Tell("transport error");

    public void OnResponse(ClientTransaction transaction, SipResponse response) =>
        Tell($"response {response.StatusCode}");

    public void OnFailure(ClientTransaction transaction, int statusCode) => Tell($"failure {statusCode}");

    public void OnTerminated(ClientTransaction transaction) => Tell("terminated");

    private void Tell(string what) => Told.Add((Lane.Now, what));
}
