using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Routing;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Codecs;
using Ringfence.Media.Prompts;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Challenge;

/// <summary>
/// A caller and an edge: SIP on a network without sockets, RTP over loopback, both by one clock that stands still until it is
/// turned.
/// </summary>
internal sealed class ChallengeWorld : ICallHandler, IOutgoingCallListener, IAsyncDisposable
{
    private const int FirstPort = 31_000;

    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("challenge").FullName;
    private readonly MemoryNetwork _network;
    private readonly MemoryNode _edge;
    private readonly CallLayer _edgeCalls;
    private readonly MemoryNode _alice;
    private readonly CallLayer _aliceCalls;

    internal ChallengeWorld(int seed = 1, AudioFormat? format = null, double loss = 0, int ports = 1_000)
    {
        Telephone = new Telephone(format ?? AudioFormat.Pcmu) { Loss = loss };
        _network = new MemoryNetwork(_clock, seed) { Carried = message => Wire.Add(StartLine(message.Bytes.Span)) };
        (_alice, _aliceCalls) = Add("127.0.0.1:5080", seed + 1);
        (_edge, _edgeCalls) = Add("127.0.0.1:5060", seed + 2);
        Services = new EdgeServices(new EdgeState(Configuration(), _clock))
        {
            Records = new CallRecordWriter(
                CallRecordStore.Open(Path.Combine(_folder, "calls.db")),
                NullLogger.Instance,
                _clock
            ),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(_clock),
            RtpPorts = new RtpPortRange(
                IPAddress.Loopback,
                FirstPort,
                FirstPort + ports - 1,
                new Random(Environment.ProcessId + seed)
            ),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
        };
    }

    internal EdgeServices Services { get; }

    internal Telephone Telephone { get; }

    /// <summary>What the edge does with a call.</summary>
    internal Action<IncomingCall, GateSetup>? OnCall { get; set; }

    /// <summary>Whether the caller can do reliable provisional responses.</summary>
    internal Reliability Reliability { get; init; }

    /// <summary>Whether the caller knows early sessions (RFC 3959); the telephone then is in one.</summary>
    internal bool KnowsEarlySessions { get; init; }

    internal OutgoingCall Call { get; private set; } = null!;

    internal GateSetup Setup { get; private set; } = null!;

    /// <summary>Status codes that the caller got.</summary>
    internal List<int> Statuses { get; } = [];

    /// <summary>Start lines of all that went over the wire.</summary>
    internal List<string> Wire { get; } = [];

    internal List<string> Responses { get; } = [];

    internal CallEnd? End { get; private set; }

    internal void Invite(string sdp, params HeaderField[] headers) => InviteFrom("+33199001234", sdp, headers);

    internal void InviteFrom(string number, string sdp, params HeaderField[] headers)
    {
        Call = _aliceCalls.Invite(
            new Invitation
            {
                Destination = _edge.Local,
                RequestUri = "sip:+4930123456@127.0.0.1:5060"u8.ToArray(),
                From = Encoding.ASCII.GetBytes($"<sip:{number}@127.0.0.1:5080>"),
                To = "<sip:+4930123456@127.0.0.1:5060>"u8.ToArray(),
                Headers = headers,
                Reliability = Reliability,
                TakesEarlySession = KnowsEarlySessions,
                Body = sdp.Length == 0 ? Body.None : Body.Sdp(Encoding.ASCII.GetBytes(sdp)),
            },
            this
        );
        Run(20);
    }

    /// <summary>The offer of the telephone.</summary>
    internal string Offer(string direction = "sendrecv", int? port = null)
    {
        string name = Telephone.PayloadType == 0 ? "PCMU" : "PCMA";
        return $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + $"m=audio {port ?? Telephone.Port} RTP/AVP {Telephone.PayloadType} 101\r\na=rtpmap:{Telephone.PayloadType} {name}/8000\r\n"
            + $"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na={direction}\r\n";
    }

    /// <summary>Sends an INFO in the early dialog.</summary>
    internal void Info(string type, string body) =>
        Call.Send(
                Call.EarlyDialogs[0],
                SipMethod.Info,
                new Body(Encoding.ASCII.GetBytes(type), Encoding.ASCII.GetBytes(body)),
                null
            )
            .ShouldBeTrue();

    internal void Run(int milliseconds)
    {
        for (int elapsed = 0; elapsed < milliseconds; elapsed += 10)
        {
            if (elapsed % 20 == 0)
            {
                Telephone.Step();
            }

            _network.Run(TimeSpan.FromMilliseconds(10));
            Services.MediaClock.Advance();
        }
    }

    /// <summary>Runs until a word was heard, from a place in what was heard on; the place behind it.</summary>
    internal int RunUntilHeard(string language, string word, int from = 0)
    {
        short[] samples = Samples(language, word);
        for (int i = 0; i < 200; i++)
        {
            Run(100);
            if (Telephone.Find(samples, from) is >= 0 and int at)
            {
                return at + samples.Length;
            }
        }

        throw new Xunit.Sdk.XunitException($"\"{word}\" was not heard.");
    }

    /// <summary>Runs until the caller was asked for a digit; the digit.</summary>
    internal char RunUntilAsked(string language, ref int from)
    {
        from = RunUntilHeard(language, "press", from);
        for (int i = 0; i < 20; i++)
        {
            Run(100);
            int start = from;
            // The first digit to be heard is the one: "deux" is no part of another word.
            var found = "0123456789"
                .Select(digit => (Digit: digit, At: Telephone.Find(Samples(language, $"{digit}"), start)))
                .Where(word => word.At >= 0)
                .ToArray();
            if (found.Length > 0)
            {
                return found.MinBy(word => word.At).Digit;
            }
        }

        throw new Xunit.Sdk.XunitException("No digit was heard.");
    }

    internal void RunUntil(Func<bool> condition)
    {
        for (int i = 0; i < 6_000 && !condition(); i++)
        {
            Run(10);
        }

        condition().ShouldBeTrue();
    }

    /// <summary>Nothing is left: no call, no ports, no streams.</summary>
    internal void ShouldBeOver()
    {
        Run(100);
        _edgeCalls.Count.ShouldBe(0);
        Services.RtpPorts.InUse.ShouldBe(0);
        Services.MediaClock.Streams.ShouldBe(0);
    }

    void ICallHandler.OnInvite(IncomingCall call)
    {
        InviteParties parties = InviteParties.Of(call.Request, isTrusted: true);
        Trunk trunk = Services.State.Trunks[0];
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
        );
        OnCall!(call, Setup);
    }

    void IOutgoingCallListener.OnProgress(OutgoingCall call, Dialog dialog, SipResponse response)
    {
        Note(response.StatusCode, response);
        SdpParseResult sdp = SdpParser.Parse(dialog.EarlyOffer.IsEmpty ? response.Body : dialog.EarlyOffer.Span);
        call.AcknowledgeProgress(dialog, Body.EarlySdp(Encoding.ASCII.GetBytes(Offer())));
        if (sdp.IsParsed)
        {
            Telephone.Edge = new IPEndPoint(IPAddress.Loopback, sdp.Session.Audio!.Port).Serialize();
        }
    }

    void IOutgoingCallListener.OnAnswered(OutgoingCall call, Dialog dialog, SipResponse response) =>
        Note(response.StatusCode, response);

    void IOutgoingCallListener.OnRefused(OutgoingCall call, int statusCode, SipResponse? response) =>
        Note(statusCode, response);

    void ICallListener.OnEnded(Call call, CallEnd end, SipMessage? message) => End = end;

    public async ValueTask DisposeAsync()
    {
        Telephone.Dispose();
        Services.MediaClock.Dispose();
        await Services.Records.DisposeAsync();
        Services.Meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Note(int statusCode, SipResponse? response)
    {
        Statuses.Add(statusCode);
        Responses.Add(response is null ? "" : Encoding.UTF8.GetString(response.Bytes));
    }

    private static string StartLine(ReadOnlySpan<byte> message) =>
        Encoding.UTF8.GetString(message[..message.IndexOf("\r\n"u8)]);

    private (MemoryNode, CallLayer) Add(string address, int seed)
    {
        MemoryNode node = _network.Add(IPEndPoint.Parse(address), new Lane(0, _clock, LaneRandom.Seeded(seed)));
        var transactions = new TransactionLayer(node.Lane, node.Wire, SipTimers.Default, TransactionLimits.Default);
        node.Attach(transactions);
        return (node, new CallLayer(transactions, this, CallOptions.Default));
    }

    private EdgeConfiguration Configuration() =>
        new()
        {
            Listen = [],
            Trunks = [new TrunkConfiguration { Name = "carrier", From = [] }],
            Routes = [],
            Policy = ScreeningPolicy.Default,
            Database = _folder,
        };

    /// <summary>A word as it is recorded, without the pause behind it.</summary>
    private static short[] Samples(string language, string word)
    {
        Phrase phrase = PromptLibrary.Default.Say(language, word);
        var samples = new short[(int)(phrase.Duration.TotalSeconds * 8000)];
        var source = new PhraseSource(phrase);
        source.Start(8000);
        source.Read(samples);
        return samples[..^480];
    }
}
