using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>
/// A caller, the edge in gate mode, and two callees behind a forking proxy: SIP on a network without sockets, RTP over loopback,
/// both by one clock that stands still until it is turned.
/// </summary>
internal sealed partial class EarlyWorld : ICallHandler, IOutgoingCallListener, IAsyncDisposable
{
    internal static readonly AudioFormat Pcmu = AudioFormat.Pcmu;
    internal static readonly AudioFormat Pcma = AudioFormat.Pcma;

    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("gate").FullName;
    private readonly MemoryNetwork _network;
    private readonly MemoryNode _edge;
    private readonly CallLayer _edgeCalls;
    private readonly CallLayer _aliceCalls;

    internal EarlyWorld(
        EarlyMediaConfiguration? terms = null,
        EarlyMediaTrunkConfiguration? trunk = null,
        AudioFormat? caller = null,
        byte callerType = 0,
        AudioFormat? bob = null,
        AudioFormat? carol = null,
        FakeBorder? border = null,
        bool treatGlobalAsBusy = false,
        bool isCalleesBorder = false,
        MediaSecurity callees = MediaSecurity.None,
        bool bobSpeaksForItself = false
    )
    {
        _network = new MemoryNetwork(_clock, seed: 1);
        Alice = new Handset(caller ?? Pcmu, callerType, 1);
        Bob = new Callee(new Handset(bob ?? Pcmu, TypeOf(bob ?? Pcmu), 2));
        Carol = new Callee(new Handset(carol ?? Pcma, TypeOf(carol ?? Pcma), 3));
        (_, _aliceCalls) = Add("127.0.0.1:5080", this, 4);
        (_edge, _edgeCalls) = Add("127.0.0.1:5060", this, 5);
        (BobAt, _) = Target("127.0.0.1:5090", Bob, 6);
        (CarolAt, _) = Target("127.0.0.1:5091", Carol, 7);
        var fork = new Fork();
        (MemoryNode proxy, CallLayer calls) = Add("127.0.0.1:5070", fork, 8);
        (fork.Layer, fork.Targets) = (new ProxyLayer(calls), [BobAt, CarolAt]);
        ForkAt = new ProxyTarget(proxy.Local, "sip:+4930123456@127.0.0.1:5070"u8.ToArray());
        Services = new EdgeServices(
            new EdgeState(
                new EdgeConfiguration
                {
                    Listen = [],
                    Trunks =
                    [
                        new TrunkConfiguration
                        {
                            Name = "carrier",
                            From = [],
                            Early = trunk ?? new(),
                            TreatGlobalAsBusy = treatGlobalAsBusy,
                            Media = border is null || isCalleesBorder ? TrunkMedia.Own : TrunkMedia.RtpEngine,
                            MediaWhenAway = border?.WhenAway ?? TrunkMedia.RtpEngine,
                        },
                        new TrunkConfiguration
                        {
                            Name = "users",
                            From = isCalleesBorder ? [new TrunkSource(new IPNetwork(IPAddress.Loopback, 32), 0)] : [],
                            Media = border is null ? TrunkMedia.Own : TrunkMedia.RtpEngine,
                            Authenticate = AuthenticateMode.Users,
                        },
                        new TrunkConfiguration
                        {
                            Name = "bob",
                            From = bobSpeaksForItself
                                ? [new TrunkSource(new IPNetwork(IPAddress.Loopback, 32), 5090)]
                                : [],
                            TreatGlobalAsBusy = true,
                        },
                        new TrunkConfiguration
                        {
                            Name = "callees",
                            From = isCalleesBorder ? [] : [new TrunkSource(new IPNetwork(IPAddress.Loopback, 32), 0)],
                            Srtp = callees,
                            Early = trunk is { SpeaksEarlySessions: true }
                                ? new() { SpeaksEarlySessions = true }
                                : new(),
                        },
                    ],
                    Routes = [],
                    EarlyMedia = terms ?? new EarlyMediaConfiguration { Ringback = "fr" },
                    Policy = ScreeningPolicy.Default,
                    Database = _folder,
                },
                _clock
            )
        )
        {
            Records = new CallRecordWriter(
                CallRecordStore.Open(Path.Combine(_folder, "calls.db")),
                NullLogger.Instance,
                _clock
            ),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(_clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 36_000, 36_999, new Random(Environment.ProcessId)),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
            Border = border,
        };
        Route = [BobAt];
    }

    internal Handset Alice { get; }

    internal Callee Bob { get; }

    internal Callee Carol { get; }

    internal ProxyTarget BobAt { get; }

    internal ProxyTarget CarolAt { get; }

    /// <summary>A proxy that forks to both.</summary>
    internal ProxyTarget ForkAt { get; }

    /// <summary>Where the edge sends the call.</summary>
    internal ProxyTarget[] Route { get; set; }

    internal ForkMode Forking { get; set; }

    /// <summary>Who calls.</summary>
    internal string Caller { get; set; } = "+33199001234";

    internal EdgeServices Services { get; }

    internal OutgoingCall Call { get; private set; } = null!;

    internal GateSetup Setup { get; private set; } = null!;

    internal List<int> Statuses { get; } = [];

    internal List<string> Responses { get; } = [];

    internal CallEnd? End { get; private set; }

    internal string Folder => _folder;

    internal void Invite(string? sdp = null, params HeaderField[] headers)
    {
        Call = _aliceCalls.Invite(
            new Invitation
            {
                Destination = _edge.Local,
                RequestUri = "sip:+4930123456@127.0.0.1:5060"u8.ToArray(),
                From = Encoding.ASCII.GetBytes($"<sip:{Caller}@127.0.0.1:5080>"),
                To = "<sip:+4930123456@127.0.0.1:5060>"u8.ToArray(),
                Headers = headers,
                Reliability = EarlySession is null && !IsReliable ? Reliability.Off : Reliability.Supported,
                TakesEarlySession = EarlySession is not null,
                Body = sdp?.Length == 0 ? Body.None : Body.Sdp(Encoding.ASCII.GetBytes(sdp ?? Alice.Sdp())),
            },
            this
        );
        Run(20);
    }

    internal void Run(int milliseconds)
    {
        for (int elapsed = 0; elapsed < milliseconds; elapsed += 10)
        {
            if (elapsed % 20 == 0)
            {
                Alice.Step();
                EarlySession?.Step();
                Bob.Early?.Step();
                Bob.Handset.Step();
                Carol.Handset.Step();
            }

            _network.Run(TimeSpan.FromMilliseconds(10));
            Services.MediaClock.Advance();
            Alice.Drain();
            EarlySession?.Drain();
            Bob.Early?.Drain();
            Bob.Handset.Drain();
            Carol.Handset.Drain();
        }
    }

    /// <summary>Nothing is left: no call, no ports, no streams, no early call counted.</summary>
    internal void ShouldBeOver()
    {
        Run(100);
        _edgeCalls.Count.ShouldBe(0);
        Services.RtpPorts.InUse.ShouldBe(0);
        Services.MediaClock.Streams.ShouldBe(0);
        Services.Early.Sources.Count.ShouldBe(0);
    }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        InviteParties parties = InviteParties.Of(call.Request, isTrusted: true);
        Trunk trunk = Services.State.Trunks[0];
        call.TakesEarlySession = EarlySessionTerms.OfCaller(trunk.Configuration);
        Setup = new GateSetup(
            _edge.Lane,
            _edgeCalls,
            Services,
            Services.State.EarlyMedia,
            trunk,
            parties,
            _edge.Wire,
            new CallJournal(_edge.Lane, Services, trunk.Name, call.Request, parties),
            CallIdentity.Unasked,
            null
        )
        {
            Logins = new DigestClients(_edge.Lane.Random),
            Fork = Forking,
            AcceptLanguage = Encoding.Latin1.GetString(call.Request.Value(HeaderId.AcceptLanguage)),
        };
        GateCall.Begin(call, Setup, Route);
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        Note(response);
        AnswerEarly(call, dialog);
    }

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        ReceivedAtAnswer = Alice.Received.Count;
        Note(response);
    }

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        Note(response.ShouldNotBeNull());

    /// <summary>What the caller was offered within the call last, and refused.</summary>
    internal string Reoffer { get; private set; } = "";

    void ICallListener.OnRequest(Call call, IncomingRequest request)
    {
        Reoffer = Encoding.UTF8.GetString(request.Request.Body);
        request.AnswerByDefault();
    }

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) => End = end;

    public async ValueTask DisposeAsync()
    {
        Alice.Dispose();
        EarlySession?.Dispose();
        Bob.Early?.Dispose();
        Bob.Handset.Dispose();
        Carol.Handset.Dispose();
        Services.MediaClock.Dispose();
        await Services.Early.DisposeAsync();
        await Services.Records.DisposeAsync();
        Services.Meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte TypeOf(AudioFormat format) =>
        format == Pcmu ? (byte)0
        : format == Pcma ? (byte)8
        : format == AudioFormat.G722 ? (byte)9
        : (byte)96;

    private void Note(SipResponse response)
    {
        Statuses.Add(response.StatusCode);
        Responses.Add(Encoding.UTF8.GetString(response.Bytes));
        SdpParseResult sdp = SdpParser.Parse(SdpBody.Of(response));
        if (sdp.IsParsed)
        {
            Alice.Edge = new IPEndPoint(IPAddress.Loopback, sdp.Session.Audio!.Port).Serialize();
        }
    }

    private (ProxyTarget, CallLayer) Target(string address, Callee callee, int seed)
    {
        (MemoryNode node, CallLayer calls) = Add(address, callee, seed);
        return (new ProxyTarget(node.Local, Encoding.ASCII.GetBytes($"sip:+4930123456@{address}")), calls);
    }

    private (MemoryNode, CallLayer) Add(string address, ICallHandler handler, int seed)
    {
        MemoryNode node = _network.Add(IPEndPoint.Parse(address), new Lane(0, _clock, LaneRandom.Seeded(seed)));
        var transactions = new TransactionLayer(node.Lane, node.Wire, SipTimers.Default, TransactionLimits.Default);
        node.Attach(transactions);
        return (node, new CallLayer(transactions, handler, CallOptions.Default with { Supported = "199" }));
    }

    private sealed class Fork : ICallHandler
    {
        internal ProxyLayer Layer { get; set; } = null!;

        internal ProxyTarget[] Targets { get; set; } = [];

        public void OnInvite(IncomingCall call) =>
            Layer.Forward(call, Targets, new ForwardOptions { Parallel = true }, new Silent());
    }

    private sealed class Silent : IProxyListener
    {
        public void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response) { }
    }
}
