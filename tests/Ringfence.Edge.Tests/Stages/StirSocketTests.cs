using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Tests.Pipeline;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;

namespace Ringfence.Edge.Tests.Stages;

/// <summary>RFC 8224 §6.2.2 over real sockets: an edge as an operator configures it, its status lines and its Reason headers.</summary>
public sealed class StirSocketTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stir-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DemoAuthority _authority;
    private readonly DemoAuthority _stranger;
    private readonly DocumentHost _host = new();
    private readonly UdpClient _carrier = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _phone = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly LogLines _log = new();

    public StirSocketTests()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _authority = new DemoAuthority(now, TimeSpan.FromDays(1));
        _stranger = new DemoAuthority(now, TimeSpan.FromDays(1));
        File.WriteAllText(Path.Combine(_folder, "root.pem"), _authority.Root.ExportCertificatePem());
        _host.Documents["good.pem"] = Bytes(_authority.Chain(_authority.IssueSigner("1234", _key)));
        _host.Documents["stranger.pem"] = Bytes(_stranger.Chain(_stranger.IssueSigner("1234", _key)));
        _host.Documents["range.pem"] = Bytes(
            _authority.Chain(
                _authority
                    .Maker("SHAKEN 1234", _key)
                    .AsSigner()
                    .With(new TnAuthList([], [new TelephoneNumberRange("12155550100", 10)]))
                    .Issue(_authority.Intermediate, _authority.IntermediateKey)
            )
        );
        _host.Documents["page.pem"] = "<html>"u8.ToArray();
    }

    [Theory]
    [InlineData("stale", 403, "Stale Date")]
    [InlineData("ahead", 403, "Stale Date")]
    [InlineData("unreachable", 436, "Bad Identity Info")]
    [InlineData("page", 436, "Bad Identity Info")]
    [InlineData("scheme", 436, "Bad Identity Info")]
    [InlineData("stranger", 437, "Unsupported Credential")]
    [InlineData("range", 437, "Unsupported Credential")]
    [InlineData("caller", 438, "Invalid Identity Header")]
    [InlineData("forged", 438, "Invalid Identity Header")]
    [InlineData("attest", 438, "Invalid PASSporT")]
    public async Task What_does_not_pass_is_refused_with_its_status_phrase_and_Reason(
        string fault,
        int code,
        string phrase
    )
    {
        await using EdgeHost edge = Start("refuse");
        string identity = Identity(fault);
        await SendAsync(_carrier, edge, Invite("call", identity));

        string answer = await ReceiveAsync(_carrier, "SIP/2.0", past: 100);
        answer.ShouldStartWith($"SIP/2.0 {code} {phrase}\r\n");
        string signature = identity.Split(';')[0].Split('.')[2];
        string ppi = fault == "attest" ? "" : $" ;ppi=\"..{signature}\"";
        StirWorld.Header(answer, "Reason").ShouldBe($"STIR ;cause={code} ;text=\"{phrase}\"{ppi}");
    }

    [Theory]
    [InlineData("none", "428 Use Identity Header")]
    [InlineData("kind", "428 Use Supported PASSporT Format")]
    public async Task Without_a_usable_identity_one_is_asked_for(string kind, string status)
    {
        await using EdgeHost edge = Start("refuse");
        string? identity =
            kind == "none" ? null : Sign(_ => _, jose => jose.Replace("shaken", "other", StringComparison.Ordinal));
        await SendAsync(_carrier, edge, Invite("call", identity));

        string answer = await ReceiveAsync(_carrier, "SIP/2.0", past: 100);
        answer.ShouldStartWith($"SIP/2.0 {status}\r\n");
        StirWorld.Header(answer, "Reason").ShouldBeEmpty("nothing failed that a signer could mend");
    }

    [Fact]
    public async Task What_passes_reaches_the_callee_marked()
    {
        await using EdgeHost edge = Start("refuse");
        await SendAsync(_carrier, edge, Invite("call", Identity("none")));

        string invite = await ReceiveAsync(_phone, "INVITE");
        StirWorld.Header(invite, "From").ShouldContain(";verstat=TN-Validation-Passed@");
        StirWorld.Header(invite, "P-Attestation-Indicator").ShouldBe("A");
    }

    [Theory]
    [InlineData("observe", "forged", 438)]
    [InlineData("mark", "stranger", 437)]
    public async Task What_is_let_through_tells_the_signer_in_the_next_response(string policy, string fault, int code)
    {
        await using EdgeHost edge = Start(policy);
        await SendAsync(_carrier, edge, Invite("call", Identity(fault)));
        string invite = await ReceiveAsync(_phone, "INVITE");
        (StirWorld.Header(invite, "From").Contains("verstat", StringComparison.Ordinal)).ShouldBe(policy == "mark");

        string ringing = string.Join(
            "\r\n",
            invite
                .Split("\r\n")
                .Where(line => line.Split(':')[0] is "Via" or "From" or "To" or "Call-ID" or "CSeq" or "Record-Route")
                .Select(line => line.StartsWith("To:", StringComparison.Ordinal) ? line + ";tag=p" : line)
        );
        await SendAsync(_phone, edge, $"SIP/2.0 180 Ringing\r\n{ringing}\r\nContent-Length: 0\r\n\r\n");
        string told = await ReceiveAsync(_carrier, "SIP/2.0", past: 100);
        told.ShouldStartWith("SIP/2.0 180");
        StirWorld.Header(told, "Reason").ShouldStartWith($"STIR ;cause={code} ;text=");
    }

    public async ValueTask DisposeAsync()
    {
        _carrier.Dispose();
        _phone.Dispose();
        await _host.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private EdgeHost Start(string policy)
    {
        ConfigurationResult read = ConfigurationReader.Read(
            $$"""
            listen: [ "udp:127.0.0.1:0" ]
            web: off
            lanes: 1
            trunks: [ { name: carrier, from: 127.0.0.1 } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{Port(_phone)}}" ] } ]
            policy: [ { then: progress } ]
            stir: { trust: root.pem, verify: {{policy}}, deadline: 30s, test-hosts: [ "{{_host.Host}}" ] }
            """,
            "test.yaml",
            _folder
        );
        read.Mistakes.ShouldBeEmpty();
        return EdgeHost.Start(read.Configuration!, _log);
    }

    private string Identity(string fault)
    {
        string forged = "";
        return fault switch
        {
            "stale" => Sign(claims => claims with { IssuedAt = claims.IssuedAt - 120 }),
            "ahead" => Sign(claims => claims with { IssuedAt = claims.IssuedAt + 120 }),
            "unreachable" => Sign(_ => _, x5u: _host.Url("nowhere.pem")),
            "page" => Sign(_ => _, x5u: _host.Url("page.pem")),
            "scheme" => Sign(_ => _, x5u: "http://cert.example/chain.pem"),
            "stranger" => Sign(_ => _, x5u: _host.Url("stranger.pem")),
            "range" => Sign(_ => _, x5u: _host.Url("range.pem")),
            "caller" => Sign(claims => claims with { Orig = ClaimedIdentity.Number("33199009999") }),
            "attest" => Sign(_ => _, claims: json => json.Replace("\"attest\":\"A\",", "", StringComparison.Ordinal)),
            "forged" => (forged = Sign(_ => _)).Replace(
                forged.Split(';')[0].Split('.')[2],
                Sign(_ => _).Split(';')[0].Split('.')[2],
                StringComparison.Ordinal
            ),
            _ => Sign(_ => _),
        };
    }

    /// <summary>An Identity value; header and payload are signed as the test would have them.</summary>
    private string Sign(
        Func<PassportClaims, PassportClaims> change,
        Func<string, string>? jose = null,
        Func<string, string>? claims = null,
        string? x5u = null
    )
    {
        x5u ??= _host.Url("good.pem");
        SigningKey
            .Read(
                Encoding.ASCII.GetString(_host.Documents["good.pem"]),
                _key.ExportPkcs8PrivateKeyPem(),
                x5u,
                out SigningKey? key
            )
            .ShouldBe(SigningKeyFault.None);
        string[] parts = PassportSigner
            .Sign(
                key!,
                change(
                    new PassportClaims
                    {
                        IssuedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                        Orig = ClaimedIdentity.Number(StirWorld.Caller[1..]),
                        Dest = [ClaimedIdentity.Number(StirWorld.Callee[1..])],
                        Attest = Attestation.A,
                        OrigId = Guid.NewGuid().ToString(),
                    }
                )
            )
            .Token.Split('.');
        string input = Changed(parts[0], jose) + "." + Changed(parts[1], claims);
        byte[] signature = _key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return $"{input}.{System.Buffers.Text.Base64Url.EncodeToString(signature)};info=<{x5u}>;alg=ES256";
    }

    private static string Changed(string part, Func<string, string>? change) =>
        change is null
            ? part
            : System.Buffers.Text.Base64Url.EncodeToString(
                Encoding.UTF8.GetBytes(
                    change(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part)))
                )
            );

    private string Invite(string id, string? identity) =>
        $"INVITE sip:{StirWorld.Callee}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port(_carrier)};branch=z9hG4bK{id};rport\r\n"
        + $"From: <sip:{StirWorld.Caller}@carrier.example>;tag=f\r\nTo: <sip:{StirWorld.Callee}@edge.example>\r\nCall-ID: {id}\r\nCSeq: 1 INVITE\r\n"
        + $"Contact: <sip:127.0.0.1:{Port(_carrier)}>\r\nMax-Forwards: 70\r\n"
        + (identity is null ? "" : $"Identity: {identity}\r\n")
        + "Content-Length: 0\r\n\r\n";

    private static async Task SendAsync(UdpClient from, EdgeHost edge, string message) =>
        await from.SendAsync(
            Encoding.UTF8.GetBytes(message),
            new IPEndPoint(IPAddress.Loopback, edge.Listening[0].EndPoint.Port),
            TestContext.Current.CancellationToken
        );

    /// <summary>The next message that begins so, of a status past the given one.</summary>
    private static async Task<string> ReceiveAsync(UdpClient at, string begin, int past = 0)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            string message = Encoding.UTF8.GetString((await at.ReceiveAsync(deadline.Token)).Buffer);
            bool isPast = past == 0 || int.Parse(message.AsSpan(8, 3)) > past;
            if (message.StartsWith(begin, StringComparison.Ordinal) && isPast)
            {
                return message;
            }
        }
    }

    private static int Port(UdpClient client) => ((IPEndPoint)client.Client.LocalEndPoint!).Port;

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
