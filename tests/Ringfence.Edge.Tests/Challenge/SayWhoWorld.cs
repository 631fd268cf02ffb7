using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Codecs;
using Ringfence.Media.Prompts;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Challenge;

/// <summary>
/// A caller, a whole edge whose policy asks every caller for a name, and a callee: SIP on a network without sockets, RTP over
/// loopback, both by one clock that stands still until it is turned.
/// </summary>
internal sealed class SayWhoWorld : ICallHandler, IIncomingCallListener, IOutgoingCallListener, IAsyncDisposable
{
    private static readonly Party CalleeParty = Party.Parse("+4930123456");

    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("saywho").FullName;
    private readonly MemoryNetwork _network;
    private readonly CallLayer _edge;
    private readonly CallLayer _alice;
    private readonly EdgeConfiguration _configuration;
    private readonly EdgeServices _services;

    internal SayWhoWorld(string mode = "proxy", string owner = "operator")
    {
        string yaml = $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:5070" ] } ]
            policy: [ { name: who, owner: {{owner}}, then: challenge say-who } ]
            storage: sqlite:calls.db
            early-media: { ring-for: 30s }
            """;
        ConfigurationResult read = ConfigurationReader.Read(yaml, "who.yaml", _folder);
        _configuration = read.Configuration.ShouldNotBeNull(string.Join('\n', read.Mistakes));
        _network = new MemoryNetwork(_clock, 1) { Carried = Note };
        _services = new EdgeServices(new EdgeState(_configuration, _clock))
        {
            Records = new CallRecordWriter(CallRecordStore.Open(_configuration.Database), NullLogger.Instance, _clock),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(_clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 29_000, 29_999, new Random(Environment.ProcessId)),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
        };
        _alice = Add("127.0.0.1:5080", 2);
        Add("127.0.0.1:5070", 3);
        _edge = AddEdge();
    }

    internal Telephone Alice { get; } = new(AudioFormat.Pcmu);

    internal Telephone Bob { get; } = new(AudioFormat.Pcmu);

    internal OutgoingCall Call { get; private set; } = null!;

    internal IncomingCall? Called { get; private set; }

    /// <summary>Status codes that the caller got.</summary>
    internal List<int> Statuses { get; } = [];

    internal string LastResponse { get; private set; } = "";

    /// <summary>"A&gt; INVITE", "&gt;A 183", "&gt;B INVITE", "B&gt; 200".</summary>
    internal List<string> Wire { get; } = [];

    internal CallEnd? CallerEnd { get; private set; }

    internal CallEnd? CalleeEnd { get; private set; }

    internal IReadOnlyList<PersonalEntry> Listed => _services.Evidence.Lists.EntriesOf(CalleeParty, _clock.GetUtcNow());

    internal void Invite(params HeaderField[] headers)
    {
        Statuses.Clear();
        (CallerEnd, CalleeEnd, Called) = (null, null, null);
        Call = _alice.Invite(
            new Invitation
            {
                Destination = Peer.From(TransportKind.Udp, IPEndPoint.Parse("127.0.0.1:5060")),
                RequestUri = "sip:+4930123456@127.0.0.1:5060"u8.ToArray(),
                From = "<sip:+33199001234@127.0.0.1:5080>"u8.ToArray(),
                To = "<sip:+4930123456@127.0.0.1:5060>"u8.ToArray(),
                Headers = headers,
                Reliability = Reliability.Off,
                Body = Sdp(Alice),
            },
            this
        );
        Run(20);
    }

    /// <summary>Says a name as soon as the tone is over; the callee's telephone rings then.</summary>
    internal void SayName()
    {
        RunUntilHeard(Alice, "fr", "say-name");
        Run(500);
        Alice.Say(Name);
        RunUntil(() => Called is not null);
    }

    /// <summary>The same up to where the callee has answered and has heard the question.</summary>
    internal void Introduce(string direction = "sendrecv")
    {
        SayName();
        Answer(direction);
        RunUntilHeard(Bob, "de", "calls");
    }

    internal void Answer(string direction = "sendrecv") => Called!.Answer(Sdp(Bob, direction)).ShouldBeTrue();

    /// <summary>What the caller says for a name: recorded speech.</summary>
    internal static short[] Name => Word("fr", "declined");

    internal static short[] Word(string language, string word)
    {
        Phrase phrase = PromptLibrary.Default.Say(language, word);
        var samples = new short[(int)(phrase.Duration.TotalSeconds * 8000)];
        var source = new PhraseSource(phrase);
        source.Start(8000);
        source.Read(samples);
        return samples[..^480];
    }

    internal void Run(int milliseconds)
    {
        for (int elapsed = 0; elapsed < milliseconds; elapsed += 10)
        {
            if (elapsed % 20 == 0)
            {
                Alice.Step();
                Bob.Step();
            }

            _network.Run(TimeSpan.FromMilliseconds(10));
            _services.MediaClock.Advance();
        }
    }

    internal void RunUntil(Func<bool> condition)
    {
        for (int i = 0; i < 6_000 && !condition(); i++)
        {
            Run(20);
        }

        condition().ShouldBeTrue(string.Join(", ", Wire));
    }

    /// <summary>Runs until a word was heard, from a place in what was heard on; the place behind it.</summary>
    internal int RunUntilHeard(Telephone by, string language, string word, int from = 0)
    {
        short[] samples = Word(language, word);
        int at = -1;
        for (int i = 0; i < 200 && at < 0; i++)
        {
            Run(100);
            at = by.Find(samples, from);
        }

        at.ShouldBeGreaterThanOrEqualTo(0, $"\"{word}\" was not heard");
        return at + samples.Length;
    }

    /// <summary>Nothing is left: no call, no ports, no streams, no early call counted.</summary>
    internal void ShouldBeOver()
    {
        Run(40_000);
        _edge.Count.ShouldBe(0);
        _alice.Count.ShouldBe(0);
        _services.RtpPorts.InUse.ShouldBe(0);
        _services.MediaClock.Streams.ShouldBe(0);
        _services.Early.Sources.Count.ShouldBe(0);
    }

    /// <summary>The only record, once the edge has written it.</summary>
    internal async Task<CallRecord> RecordAsync()
    {
        await _services.Records.DisposeAsync();
        using CallRecordStore store = CallRecordStore.Open(_configuration.Database);
        return store.Latest(10).ShouldHaveSingleItem();
    }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        Called = call;
        call.Listener = this;
        call.Reliability = Reliability.Off;
        Bob.Edge = EdgeOf(call.Request.Body);
        call.Progress(180, default, Body.None);
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response) => Heard(response);

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response) => Heard(response);

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        Heard(response.ShouldNotBeNull());

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message)
    {
        if (call is OutgoingCall)
        {
            CallerEnd = end;
        }
        else
        {
            CalleeEnd = end;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Alice.Dispose();
        Bob.Dispose();
        _services.MediaClock.Dispose();
        await _services.Early.DisposeAsync();
        await _services.Records.DisposeAsync();
        _services.Meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Heard(SipResponse response)
    {
        Statuses.Add(response.StatusCode);
        LastResponse = Encoding.UTF8.GetString(response.Bytes);
        if (!response.Body.IsEmpty)
        {
            Alice.Edge = EdgeOf(response.Body);
        }
    }

    private static SocketAddress EdgeOf(ReadOnlySpan<byte> sdp) =>
        new IPEndPoint(IPAddress.Loopback, SdpParser.Parse(sdp).Session!.Audio!.Port).Serialize();

    private static Body Sdp(Telephone telephone, string direction = "sendrecv") =>
        Body.Sdp(
            $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + $"m=audio {telephone.Port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
                + $"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na={direction}\r\n"
        );

    private void Note(CarriedMessage message)
    {
        string text = Encoding.UTF8.GetString(message.Bytes.Span);
        string what = text.StartsWith("SIP/2.0", StringComparison.Ordinal) ? text.Substring(8, 3) : text.Split(' ')[0];
        Wire.Add(
            message.From.Port == 5080 ? $"A> {what}"
            : message.From.Port == 5070 ? $"B> {what}"
            : message.To.Port == 5080 ? $">A {what}"
            : $">B {what}"
        );
    }

    private CallLayer Add(string address, int seed)
    {
        MemoryNode node = _network.Add(IPEndPoint.Parse(address), new Lane(0, _clock, LaneRandom.Seeded(seed)));
        var transactions = new TransactionLayer(node.Lane, node.Wire, SipTimers.Default, TransactionLimits.Default);
        node.Attach(transactions);
        return new CallLayer(transactions, this, CallOptions.Default);
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
