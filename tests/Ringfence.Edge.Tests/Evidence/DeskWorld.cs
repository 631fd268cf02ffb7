using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Stages;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Tests.Stages;
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

namespace Ringfence.Edge.Tests.Evidence;

/// <summary>
/// One lane of an edge with its file of evidence: messages go in and come out as text, from a carrier or from our own users; the
/// clock stands still until it is set.
/// </summary>
internal sealed class DeskWorld : IWire, IAsyncDisposable
{
    internal const string Caller = "+33199001234";
    internal const string Callee = "+33180001000";
    internal const int CarrierPort = 5080;
    internal const int PlusPort = 5081;
    internal const int UsersPort = 5082;
    internal const int PhonePort = 5090;

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly DemoAuthority _authority;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SlowHost _host;
    private readonly Lane _lane;
    private readonly TransactionLayer _transactions;
    private readonly SemaphoreSlim _posted = new(0);
    private readonly List<(int Port, string Message)> _sent = [];
    private readonly KeptEvidence _kept;
    private readonly int _cardPort = FreePort();

    internal DeskWorld(
        string policy,
        string mode = "proxy",
        string more = "",
        string? folder = null,
        string? route = null
    )
    {
        _ownsFolder = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("desk-").FullName;
        _authority = new DemoAuthority(Clock.GetUtcNow(), TimeSpan.FromDays(900));
        string chain = _authority.Chain(_authority.IssueSigner("1234", _key));
        _host = new SlowHost(chain);
        _host.Open();
        Write("root.pem", _authority.Root.ExportCertificatePem());
        Write("chain.pem", chain);
        Write("key.pem", _key.ExportPkcs8PrivateKeyPem());
        ConfigurationResult read = ConfigurationReader.Read(
            $$"""
            trunks:
              - { name: carrier, from: "127.0.0.1:{{CarrierPort}}", mode: {{mode}} }
              - { name: plus, from: "127.0.0.1:{{PlusPort}}", mode: {{mode}}, network-blocked: 603+ }
              - { name: users, from: "127.0.0.1:{{UsersPort}}", mode: {{mode}} }
            routes: [ { match: "*", to: {{route ?? $"\"sip:127.0.0.1:{PhonePort}\""}} } ]
            stir: { trust: root.pem, deadline: 60s, test-hosts: [ "{{_host.Host}}", "127.0.0.1:{{_cardPort}}" ] }
            unwanted: { users: [ users ] }
            redress:
              address: https://calls.example
              contact: { name: Call desk, tel: "+33199001000", email: desk@calls.example }
              sign: { certificate: "https://cert.example/chain.pem", key: key.pem, chain: chain.pem }
            storage: sqlite:edge.db
            policy:
            {{policy}}
            {{more}}
            """,
            "test.yaml",
            _folder
        );
        read.Configuration.ShouldNotBeNull(string.Join('\n', read.Mistakes));
        Configuration = read.Configuration;
        _kept = new KeptEvidence(Configuration, NullLogger.Instance, Clock);
        Services = new EdgeServices(new EdgeState(Configuration, Clock))
        {
            Records = new CallRecordWriter(
                CallRecordStore.Open(Configuration.Database),
                NullLogger.Instance,
                TimeProvider.System
            ),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(Clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 33_000, 33_999, new Random(1)),
            Meters = new EdgeMeters(),
            Log = NullLogger.Instance,
            Stir = StirEngine.Make(Configuration.Stir, null, Clock),
            Reputation = _kept.Reputation,
            Evidence = _kept.Book,
            Desk = _kept.Desk,
            Cards = _kept.Cards,
        };
        foreach (ListConfiguration list in Configuration.Lists)
        {
            Services.Lists.Replace(list.Name, list.List);
        }

        _lane = new Lane(0, Clock, LaneRandom.Seeded(1)) { Wake = () => _posted.Release() };
        var talking = new TalkingCalls(_lane);
        var wire = new ReasonWire(new ByeWire(this, talking), _lane);
        var pipeline = new CallPipeline(_lane, wire, Services) { Talking = talking };
        _transactions = new TransactionLayer(_lane, wire, SipTimers.Default, TransactionLimits.Default);
        pipeline.Calls = new CallLayer(_transactions, pipeline, new CallOptions());
        pipeline.Proxy = new ProxyLayer(pipeline.Calls);
    }

    internal TestClock Clock { get; } = new();

    internal EdgeConfiguration Configuration { get; }

    internal EdgeServices Services { get; }

    internal EvidenceBook Book => _kept.Book;

    internal Ringfence.Edge.Redress.RedressDesk Desk => _kept.Desk;

    internal string X5u => $"http://{_host.Host}/chain.pem";

    /// <summary>Where a test may serve a jCard.</summary>
    internal string CardAddress => $"http://127.0.0.1:{_cardPort}/cards/1";

    /// <summary>The signer's key.</summary>
    internal ECDsa Key() => ECDsa.Create(_key.ExportParameters(includePrivateParameters: true));

    /// <summary>All that was sent to a port, as text.</summary>
    internal IEnumerable<string> SentTo(int port) =>
        _sent.Where(sent => sent.Port == port).Select(sent => sent.Message);

    /// <summary>The final response to a call; empty while there is none.</summary>
    internal string Final(string id) =>
        _sent
            .Select(sent => sent.Message)
            .FirstOrDefault(
                message =>
                    message.StartsWith("SIP/2.0 ", StringComparison.Ordinal)
                    && message[8] != '1'
                    && StirWorld.Header(message, "Call-ID") == id
                    && StirWorld.Header(message, "CSeq").EndsWith("INVITE", StringComparison.Ordinal),
                ""
            );

    internal string Identity(
        Attestation attest = Attestation.A,
        string orig = Caller,
        string dest = Callee,
        long age = 0
    )
    {
        SigningKey
            .Read(
                File.ReadAllText(Path.Combine(_folder, "chain.pem")),
                _key.ExportPkcs8PrivateKeyPem(),
                X5u,
                out SigningKey? key
            )
            .ShouldBe(SigningKeyFault.None);
        var claims = new PassportClaims
        {
            IssuedAt = Clock.GetUtcNow().ToUnixTimeSeconds() - age,
            Orig = ClaimedIdentity.Number(orig.TrimStart('+')),
            Dest = [ClaimedIdentity.Number(dest.TrimStart('+'))],
            Attest = attest,
            OrigId = Guid.NewGuid().ToString(),
        };
        return $"Identity: {PassportSigner.Sign(key!, claims).Header}\r\n";
    }

    /// <summary>An INVITE; it has gone on when this returns, whatever had to be fetched for it.</summary>
    internal async Task InviteAsync(
        string id,
        string caller = Caller,
        string callee = Callee,
        int port = CarrierPort,
        string more = ""
    )
    {
        long fetches = Services.Stir!.Fetches;
        Receive(port, Request("INVITE", id, caller, callee, port, more));
        if (more.Contains("Identity:", StringComparison.Ordinal) && Final(id).Length == 0 && fetches == 0)
        {
            (await _posted.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeTrue();
            _lane.Turn();
        }
    }

    /// <summary>The phone answers the INVITE that it got last.</summary>
    internal void Answer(string id, string status, string more = "")
    {
        string invite = SentTo(PhonePort)
            .Last(message =>
                message.StartsWith("INVITE", StringComparison.Ordinal) && StirWorld.Header(message, "Call-ID") == id
            );
        Receive(
            PhonePort,
            $"SIP/2.0 {status}\r\n{Copied(invite)}\r\nTo: {StirWorld.Header(invite, "To")};tag=phone\r\nContact: <sip:127.0.0.1:{PhonePort}>\r\n{more}Content-Length: 0\r\n\r\n"
        );
    }

    /// <summary>One side ends the proxied call.</summary>
    internal void Bye(string id, bool byCallee, string more = "")
    {
        string invite = SentTo(PhonePort).Last(message => StirWorld.Header(message, "Call-ID") == id);
        (string from, string to) = (StirWorld.Header(invite, "From"), $"{StirWorld.Header(invite, "To")};tag=phone");
        (from, to) = byCallee ? (to, from) : (from, to);
        int port = byCallee ? PhonePort : CarrierPort;
        Receive(
            port,
            $"BYE sip:127.0.0.1:{(byCallee ? CarrierPort : PhonePort)} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bKbye{id}\r\n"
                + $"Route: {StirWorld.Header(invite, "Record-Route")}\r\nFrom: {from}\r\nTo: {to}\r\nCall-ID: {id}\r\nCSeq: 2 BYE\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n"
        );
    }

    internal void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        _lane.Turn();
    }

    /// <summary>Ends the edge and leaves its file to the next one.</summary>
    internal async Task<string> EndAsync()
    {
        await Services.Records.DisposeAsync();
        await _kept.DisposeAsync();
        return _folder;
    }

    /// <summary>Ends the edge and reads what it recorded, newest first.</summary>
    internal async Task<IReadOnlyList<CallRecord>> RecordsAsync()
    {
        await Services.Records.DisposeAsync();
        using CallRecordStore store = CallRecordStore.Open(Configuration.Database);
        return store.Latest(2_000);
    }

    public SendOutcome Send(in Peer to, ReadOnlySpan<byte> message)
    {
        _sent.Add((to.Port, Encoding.UTF8.GetString(message)));
        return default;
    }

    public bool TryLocal(in Peer to, out Peer local)
    {
        local = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060));
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await _host.DisposeAsync();
        Services.MediaClock.Dispose();
        Services.Meters.Dispose();
        Services.Stir!.Dispose();
        _authority.Dispose();
        _key.Dispose();
        _posted.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Copied(string invite) =>
        string.Join(
            "\r\n",
            invite
                .Split("\r\n")
                .Where(line =>
                    line.StartsWith("Via", StringComparison.Ordinal)
                    || line.StartsWith("From", StringComparison.Ordinal)
                    || line.StartsWith("Record-Route", StringComparison.Ordinal)
                    || line.StartsWith("Call-ID", StringComparison.Ordinal)
                    || line.StartsWith("CSeq", StringComparison.Ordinal)
                )
        );

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private void Receive(int port, string message)
    {
        var from = Peer.From(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, port));
        _transactions.OnMessage(from, SipParser.Parse(Encoding.UTF8.GetBytes(message), ParserLimits.Default));
        _lane.Turn();
    }

    private static string Request(string method, string id, string caller, string callee, int port, string more) =>
        $"{method} sip:{callee}@127.0.0.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{id}\r\n"
        + $"From: <sip:{caller}@carrier.example>;tag=f{id}\r\nTo: <sip:{callee}@edge.example>\r\nCall-ID: {id}\r\nCSeq: 1 {method}\r\n"
        + $"Contact: <sip:127.0.0.1:{port}>\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n";
}
