using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>A caller, the edge in mode gate and a callee, on a network without sockets and a clock that is turned by hand.</summary>
internal sealed class GateWorld
    : ICallHandler,
        IIncomingCallListener,
        IOutgoingCallListener,
        IRequestListener,
        IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gate").FullName;
    private readonly MemoryNetwork _network;
    private readonly CallLayer _edge;
    private readonly CallLayer _alice;
    private readonly CallLayer _bob;
    private readonly EdgeServices _services;

    internal GateWorld(
        string trunk = "",
        string mode = "gate",
        CallOptions? alice = null,
        CallOptions? bob = null,
        string to = "\"sip:127.0.0.1:5070\"",
        string route = ""
    )
    {
        string yaml = $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}}{{(trunk.Length > 0 ? ", " + trunk : "")}} } ]
            routes: [ { match: "*", to: [ {{to}} ]{{(route.Length > 0 ? ", " + route : "")}} } ]
            policy: [ { then: progress } ]
            storage: sqlite:calls.db
            early-media: { ring-for: 10m }
            """;
        EdgeConfiguration configuration = ConfigurationReader
            .Read(yaml, "gate.yaml", _folder)
            .Configuration.ShouldNotBeNull();
        _network = new MemoryNetwork(_clock, 1) { Carried = Note };
        _services = new EdgeServices(new EdgeState(configuration, _clock))
        {
            Records = new CallRecordWriter(CallRecordStore.Open(configuration.Database), NullLogger.Instance, _clock),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(_clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 32_000, 32_999, new Random(Environment.ProcessId)),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
        };
        _alice = Add("127.0.0.1:5080", 2, alice ?? CallOptions.Default);
        _bob = Add("127.0.0.1:5070", 3, bob ?? CallOptions.Default);
        // A second place of the callee's.
        Add("127.0.0.1:5071", 5, bob ?? CallOptions.Default);
        _edge = AddEdge();
    }

    internal OutgoingCall Alice { get; private set; } = null!;

    internal IncomingCall? Bob { get; private set; }

    /// <summary>What the callee does with the call.</summary>
    internal Action<IncomingCall> OnCallee { get; set; } = _ => { };

    /// <summary>What either side does when it is asked something; the default answer otherwise.</summary>
    internal Action<IncomingRequest>? OnAsked { get; set; }

    /// <summary>"A&gt; INVITE", "&gt;A 183", "&gt;B INVITE", "B&gt; 200", with the millisecond.</summary>
    internal List<(long At, string Step, string Text)> Wire { get; } = [];

    internal List<string> Completed { get; } = [];

    internal string[] Steps => [.. Wire.Select(message => message.Step)];

    internal string Sent(string step, int index = 0) =>
        Wire.Where(message => message.Step == step).ElementAt(index).Text;

    internal static Body Sdp(string direction = "sendrecv", int version = 1) =>
        Body.Sdp(
            $"v=0\r\no=- 7 {version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na={direction}\r\n"
        );

    internal void Call(Body? offer = null, params HeaderField[] headers)
    {
        Alice = _alice.Invite(
            new Invitation
            {
                Destination = Peer.From(TransportKind.Udp, IPEndPoint.Parse("127.0.0.1:5060")),
                RequestUri = "sip:+4930123456@127.0.0.1:5060"u8.ToArray(),
                From = "<sip:+33199001234@127.0.0.1:5080>"u8.ToArray(),
                To = "<sip:+4930123456@127.0.0.1:5060>"u8.ToArray(),
                Headers = headers,
                Body = offer ?? Sdp(),
            },
            this
        );
        Run(100);
    }

    /// <summary>A call that is up, and what has been said until then forgotten.</summary>
    internal void Up()
    {
        OnCallee = call => call.Answer(Sdp());
        Call();
        Run(200);
        Alice.State.ShouldBe(CallState.Confirmed);
        Bob!.State.ShouldBe(CallState.Confirmed);
        Wire.Clear();
    }

    /// <summary>How messages travel.</summary>
    internal LinkConditions Conditions
    {
        set => _network.Conditions = value;
    }

    internal void Run(double milliseconds) => _network.Run(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>The media of calls that are over lets go of its ports.</summary>
    internal void FreePorts() => _services.MediaClock.Advance();

    /// <summary>Nothing is left of any call in the edge.</summary>
    internal void ShouldBeOver()
    {
        Run(60_000);
        _edge.Count.ShouldBe(0);
        _alice.Count.ShouldBe(0);
        _bob.Count.ShouldBe(0);
        _services.MediaClock.Advance();
        _services.RtpPorts.InUse.ShouldBe(0);
    }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        Bob = call;
        call.Listener = this;
        OnCallee(call);
    }

    void ICallListener.OnRequest(Call call, IncomingRequest request)
    {
        if (OnAsked is { } asked)
        {
            asked(request);
        }
        else
        {
            request.AnswerByDefault();
        }
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        if (call.Invitation.Body.IsEmpty)
        {
            call.AcknowledgeProgress(dialog, Sdp());
        }
    }

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        if (call.Invitation.Body.IsEmpty)
        {
            call.Acknowledge(Sdp());
        }
    }

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        Completed.Add($"refused {statusCode}");

    void IRequestListener.OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) =>
        Completed.Add($"{method} {statusCode}");

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) { }

    public async ValueTask DisposeAsync()
    {
        _services.MediaClock.Dispose();
        await _services.Records.DisposeAsync();
        _services.Meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Note(CarriedMessage message)
    {
        string text = Encoding.UTF8.GetString(message.Bytes.Span);
        string what = text.StartsWith("SIP/2.0", StringComparison.Ordinal) ? text.Substring(8, 3) : text.Split(' ')[0];
        string step =
            message.From.Port == 5080 ? $"A> {what}"
            : message.From.Port is 5070 or 5071 ? $"B> {what}"
            : message.To.Port == 5080 ? $">A {what}"
            : $">B {what}";
        Wire.Add(((long)_clock.GetElapsedTime(0).TotalMilliseconds, step, text));
    }

    private CallLayer Add(string address, int seed, CallOptions options)
    {
        MemoryNode node = _network.Add(IPEndPoint.Parse(address), new Lane(0, _clock, LaneRandom.Seeded(seed)));
        var transactions = new TransactionLayer(node.Lane, node.Wire, SipTimers.Default, TransactionLimits.Default);
        node.Attach(transactions);
        return new CallLayer(transactions, this, options);
    }

    private CallLayer AddEdge()
    {
        MemoryNode node = _network.Add(IPEndPoint.Parse("127.0.0.1:5060"), new Lane(0, _clock, LaneRandom.Seeded(4)));
        var wire = new ReasonWire(node.Wire, node.Lane);
        var pipeline = new CallPipeline(node.Lane, wire, _services);
        var transactions = new TransactionLayer(node.Lane, wire, SipTimers.Default, TransactionLimits.Default);
        node.Attach(transactions);
        pipeline.Calls = new CallLayer(transactions, pipeline, new CallOptions { Allow = GateLegs.Allow });
        pipeline.Proxy = new ProxyLayer(pipeline.Calls);
        return pipeline.Calls;
    }
}
