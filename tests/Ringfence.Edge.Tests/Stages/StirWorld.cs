using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
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
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Stages;

/// <summary>One lane of an edge that the test turns by hand: messages go in and come out as text, the clock stands still until it is set.</summary>
internal sealed class StirWorld : IWire, IAsyncDisposable
{
    internal const string Caller = "+33199001234";
    internal const string Callee = "+33180001000";

    private static readonly Peer Carrier = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5080));
    private static readonly Peer Phone = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5090));
    private readonly string _folder = Directory.CreateTempSubdirectory("stir-").FullName;
    private readonly DemoAuthority _authority;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lane _lane;
    private readonly TransactionLayer _transactions;
    private readonly EdgeServices _services;
    private readonly SemaphoreSlim _posted = new(0);
    private readonly List<(bool ToCaller, string Message)> _sent = [];

    internal StirWorld(
        StirPolicy policy,
        string mode = "proxy",
        string target = "sip:127.0.0.1:5090",
        Attestation? sign = null,
        Func<StirSigningConfiguration, StirSigningConfiguration>? signing = null,
        bool isTrusted = true
    )
    {
        _authority = new DemoAuthority(Clock.GetUtcNow(), TimeSpan.FromDays(1));
        Chain = _authority.Chain(_authority.IssueSigner("1234", _key));
        Host = new SlowHost(Chain);
        EdgeConfiguration configuration = ConfigurationReader
            .Read(
                $"trunks: [ {{ name: carrier, from: 127.0.0.1, mode: {mode} }} ]\nroutes: [ {{ match: \"*\", to: [ \"{target}\" ] }} ]\npolicy: [ {{ then: progress }} ]",
                "test.yaml",
                _folder
            )
            .Configuration!;
        _services = new EdgeServices(new EdgeState(configuration, Clock))
        {
            Records = new CallRecordWriter(CallRecordStore.Open(Database), NullLogger.Instance, Clock),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(Clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 32_000, 32_999, new Random(1)),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
            Stir = StirEngine.Make(Section(policy, isTrusted, sign, signing), null, Clock),
        };
        _lane = new Lane(0, Clock, LaneRandom.Seeded(1)) { Wake = () => _posted.Release() };
        var wire = new ReasonWire(this, _lane);
        var pipeline = new CallPipeline(_lane, wire, _services);
        _transactions = new TransactionLayer(_lane, wire, SipTimers.Default, TransactionLimits.Default);
        pipeline.Calls = new CallLayer(_transactions, pipeline, new CallOptions());
        pipeline.Proxy = new ProxyLayer(pipeline.Calls);
    }

    internal TestClock Clock { get; } = new();

    internal SlowHost Host { get; }

    internal string Chain { get; }

    internal string Database => Path.Combine(_folder, "calls.db");

    internal long Fetches => _services.Stir!.Fetches;

    internal string X5u(string name = "chain.pem") => $"http://{Host.Host}/{name}";

    /// <summary>What was sent to the callee, as text.</summary>
    internal IEnumerable<string> Forwarded => _sent.Where(sent => !sent.ToCaller).Select(sent => sent.Message);

    /// <summary>What was sent to the caller.</summary>
    internal IEnumerable<string> Answers => _sent.Where(sent => sent.ToCaller).Select(sent => sent.Message);

    /// <summary>Call-IDs in the order in which calls went on; retransmissions aside.</summary>
    internal IEnumerable<string> Progressed =>
        Forwarded
            .Where(message => message.StartsWith("INVITE", StringComparison.Ordinal))
            .Select(message => Header(message, "Call-ID"))
            .Distinct();

    internal string Identity(string x5u, string orig = Caller, long age = 0, params string[] prints)
    {
        SigningKey
            .Read(Chain, _key.ExportPkcs8PrivateKeyPem(), x5u, out SigningKey? key)
            .ShouldBe(SigningKeyFault.None);
        var claims = new PassportClaims
        {
            IssuedAt = Clock.GetUtcNow().ToUnixTimeSeconds() - age,
            Orig = ClaimedIdentity.Number(orig.TrimStart('+')),
            Dest = [ClaimedIdentity.Number(Callee.TrimStart('+'))],
            Attest = Attestation.A,
            OrigId = Guid.NewGuid().ToString(),
            MediaKeys = MediaKey.FromFingerprints(prints),
        };
        return PassportSigner.Sign(key!, claims).Header;
    }

    internal void Invite(string id, string? identity, string more = "", string offer = "") =>
        Receive(Carrier, Request("INVITE", id, (identity is null ? "" : $"Identity: {identity}\r\n") + more, offer));

    internal void Emergency(string id) =>
        Receive(Carrier, Request("INVITE", id, "").Replace(Callee, "112", StringComparison.Ordinal));

    internal void Cancel(string id) => Receive(Carrier, Request("CANCEL", id, ""));

    /// <summary>The callee answers a forwarded INVITE.</summary>
    internal void Answer(string id, string status)
    {
        string invite = Forwarded.Last(message =>
            message.StartsWith("INVITE", StringComparison.Ordinal) && Header(message, "Call-ID") == id
        );
        string copied = string.Join(
            "\r\n",
            invite
                .Split("\r\n")
                .Where(line =>
                    line.StartsWith("Via", StringComparison.Ordinal)
                    || line.StartsWith("From", StringComparison.Ordinal)
                    || line.StartsWith("Call-ID", StringComparison.Ordinal)
                    || line.StartsWith("CSeq", StringComparison.Ordinal)
                )
        );
        Receive(
            Phone,
            $"SIP/2.0 {status}\r\n{copied}\r\nTo: <sip:{Callee}@edge.example>;tag=phone\r\nContact: <sip:127.0.0.1:5090>\r\nContent-Length: 0\r\n\r\n"
        );
    }

    /// <summary>Turns the lane until so many pieces of work came from outside.</summary>
    internal async Task ArriveAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            (await _posted.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeTrue();
            _lane.Turn();
        }
    }

    internal void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        _lane.Turn();
    }

    internal static string Header(string message, string name) =>
        message
            .Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            ?[(name.Length + 1)..].Trim()
        ?? "";

    /// <summary>Ends the edge and reads what it recorded.</summary>
    internal async Task<IReadOnlyList<CallRecord>> RecordsAsync()
    {
        await _services.Records.DisposeAsync();
        using CallRecordStore store = CallRecordStore.Open(Database);
        return store.Latest(2_000);
    }

    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        _sent.Add((to.Port == Carrier.Port, Encoding.UTF8.GetString(message)));
        return default;
    }

    public bool TryLocal(in Peer to, out Peer local)
    {
        local = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060));
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _services.Records.DisposeAsync();
        _services.MediaClock.Dispose();
        _services.Meters.Dispose();
        _services.Stir!.Dispose();
        _authority.Dispose();
        _key.Dispose();
        _posted.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private StirConfiguration Section(
        StirPolicy policy,
        bool isTrusted,
        Attestation? sign,
        Func<StirSigningConfiguration, StirSigningConfiguration>? signing
    ) =>
        new()
        {
            Roots = [_authority.Root],
            Trunks = new Dictionary<string, StirTrunkConfiguration>
            {
                ["carrier"] = new() { Verify = policy, IsTrusted = isTrusted },
            }.ToFrozenDictionary(),
            TestHosts = new HashSet<string> { Host.Host },
            Sign = sign is { } level ? (signing ?? (same => same))(Signing(level)) : null,
        };

    private StirSigningConfiguration Signing(Attestation level)
    {
        string chain = Path.Combine(_folder, "chain.pem");
        string key = Path.Combine(_folder, "key.pem");
        File.WriteAllText(chain, Chain);
        File.WriteAllText(key, _key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var keys = new SigningKeyFiles(chain, key, X5u(), Clock);
        keys.Reload().ShouldBe(SigningKeyFault.None);
        return new StirSigningConfiguration
        {
            Keys = keys,
            Default = level,
            Trunks = new HashSet<string> { "carrier" },
            OrigIdSecret = new byte[32],
        };
    }

    private void Receive(in Peer from, string message)
    {
        _transactions.OnMessage(from, SipParser.Parse(Encoding.UTF8.GetBytes(message), ParserLimits.Default));
        _lane.Turn();
    }

    private static string Request(string method, string id, string more, string offer = "") =>
        $"{method} sip:{Callee}@127.0.0.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK{id}\r\n"
        + $"From: <sip:{Caller}@carrier.example>;tag=f{id}\r\nTo: <sip:{Callee}@edge.example>\r\nCall-ID: {id}\r\nCSeq: 1 {method}\r\n"
        + $"Contact: <sip:127.0.0.1:5080>\r\nMax-Forwards: 70\r\n{more}Content-Length: {offer.Length}\r\n{(offer.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}\r\n{offer}";
}
