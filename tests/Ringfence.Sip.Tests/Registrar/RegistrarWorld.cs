using System.Net;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Tests.Transactions;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Registrar;

/// <summary>A registrar for example.com on one lane, and phones that are typed by hand.</summary>
internal sealed class RegistrarWorld : ICallHandler
{
    private static readonly Peer Phone = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.1:5060"));
    private readonly RegistrarLayer _registrar;
    private readonly LocationService _location;
    private int _branch;

    internal RegistrarWorld(RegistrarOptions? options = null, IBindingStore? store = null, DigestServer? digest = null)
    {
        Lane = new Lane(0, Clock, LaneRandom.Seeded(2));
        Wire = new RecordingWire(Lane, Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.2:5060")));
        Transactions = new TransactionLayer(Lane, Wire, SipTimers.Default, TransactionLimits.Default);
        _ = new CallLayer(Transactions, this, new CallOptions { Allow = "REGISTER", Supported = "path" });
        Store = store ?? new MemoryBindingStore(Clock);
        _registrar = new RegistrarLayer(Lane, Store, options ?? Options, digest, Faults.Add);
        _location = new LocationService(Store, Clock);
    }

    internal static RegistrarOptions Options { get; } = new() { Domains = ["example.com", "[2001:db8::1]"] };

    internal ManualClock Clock { get; } = new();

    internal Lane Lane { get; }

    internal RecordingWire Wire { get; }

    internal TransactionLayer Transactions { get; }

    internal IBindingStore Store { get; }

    internal List<Exception> Faults { get; } = [];

    internal int Status => SipText.Status(Wire.Last);

    /// <summary>The Contact lines of the last response.</summary>
    internal string[] Contacts => Lines("Contact");

    public void OnInvite(IncomingCall call) => call.Refuse(486, default);

    public void OnRequest(IncomingRequest request) => _registrar.Register(request);

    internal string[] Lines(string name) =>
        [
            .. SipText
                .Lines(Wire.Last)
                .Where(line => line.StartsWith(name + ": ", StringComparison.Ordinal))
                .Select(line => line[(name.Length + 2)..]),
        ];

    /// <summary>Sends a REGISTER and returns the status of what came back last.</summary>
    internal int Register(
        string headers,
        string callId = "reg-1",
        int cseq = 1,
        string user = "bob",
        string? from = null,
        string? to = null,
        string uri = "sip:example.com"
    )
    {
        string text =
            $"REGISTER {uri} SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKr{_branch++}\r\n"
            + "Max-Forwards: 70\r\n"
            + $"From: <{from ?? $"sip:{user}@example.com"}>;tag=f\r\n"
            + $"To: <{to ?? $"sip:{user}@example.com"}>\r\n"
            + $"Call-ID: {callId}\r\n"
            + $"CSeq: {cseq} REGISTER\r\n"
            + headers
            + "Content-Length: 0\r\n\r\n";
        int before = Wire.Sent.Count;
        Transactions.OnMessage(Phone, SipText.Parse(text));
        return Wire.Sent.Count > before ? Status : 0;
    }

    internal async Task<string[]> Find(string uri = "sip:bob@example.com") =>
        [
            .. (
                await _location.FindAsync(
                    System.Text.Encoding.ASCII.GetBytes(uri),
                    TestContext.Current.CancellationToken
                )
            ).Select(binding => System.Text.Encoding.ASCII.GetString(binding.Uri.Span)),
        ];

    internal void Advance(int seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        Lane.Turn();
    }
}
