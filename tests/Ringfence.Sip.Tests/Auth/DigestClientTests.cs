using System.Net;
using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Auth;

/// <summary>Whom a client answers, and how (RFC 3261 §22.2, RFC 8760 §2.4).</summary>
public class DigestClientTests
{
    private const string Challenge = "Digest realm=\"example.com\", nonce=\"n1\", qop=\"auth\"";
    private static readonly Peer Server = Peer.From(TransportKind.Udp, IPEndPoint.Parse("192.0.2.9:5060"));
    private static readonly DigestSecret Secret = DigestSecret.FromPassword("bob", Users.Realm, "secret");
    private readonly DigestClient _client = Client(Account());

    [Fact]
    public void What_the_client_answers_the_server_takes()
    {
        var options = new DigestServerOptions
        {
            Realm = Users.Realm,
            Algorithms = [DigestAlgorithm.Md5, DigestAlgorithm.Sha512Slash256],
        };
        var server = new DigestServer(options, new Users(), "0123456789abcdef"u8, new ManualClock());
        string[] challenges =
        [
            .. server
                .Check(AuthText.Request())
                .Challenges.Select(value => "WWW-Authenticate: " + Encoding.UTF8.GetString(value.Span)),
        ];
        var exchange = new DigestExchange(_client);
        exchange
            .TryAnswer(
                Server,
                AuthText.Response(401, challenges),
                "REGISTER"u8,
                "sip:example.com"u8,
                default,
                out DigestHeader header
            )
            .ShouldBeTrue();
        Text(header).ShouldContain("algorithm=SHA-512-256");
        header.Id.ShouldBe(HeaderId.Authorization);
        server.Check(AuthText.Request($"Authorization: {Text(header)}\r\n")).User.ShouldBe("bob");

        new DigestExchange(_client)
            .TryBegin(Server, "REGISTER"u8, "sip:example.com"u8, default, out header)
            .ShouldBeTrue();
        Text(header).ShouldContain("nc=00000002");
        server.Check(AuthText.Request($"Authorization: {Text(header)}\r\n")).User.ShouldBe("bob");
    }

    [Theory]
    [InlineData("udp", "192.0.2.8:5060")]
    [InlineData("udp", "192.0.2.9:5061")]
    [InlineData("tcp", "192.0.2.9:5060")]
    public void Another_peer_gets_nothing(string kind, string address)
    {
        Peer other = Peer.From(Enum.Parse<TransportKind>(kind, true), IPEndPoint.Parse(address));
        Answers(other, Challenge).ShouldBeFalse();
        Answers(Server, Challenge).ShouldBeTrue();
        new DigestExchange(_client).TryBegin(other, "INVITE"u8, "sip:x"u8, default, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Digest realm=\"other.com\", nonce=\"n1\", qop=\"auth\"")]
    [InlineData("Digest realm=\"EXAMPLE.COM\", nonce=\"n1\", qop=\"auth\"")]
    [InlineData("Digest realm=\"example.com\", qop=\"auth\"")]
    [InlineData("Digest nonce=\"n1\", qop=\"auth\"")]
    [InlineData("Digest realm=\"example.com\", nonce=\"n1\", qop=\"other\"")]
    [InlineData("Digest realm=\"example.com\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-1")]
    [InlineData("Digest realm=\"example.com\", nonce=\"n1\", qop=\"auth\", algorithm=MD5-sess")]
    [InlineData("Digest realm=\"example.com\", nonce=\"n1\u00e9\", qop=\"auth\"")]
    [InlineData("Basic realm=\"example.com\"")]
    public void What_cannot_or_must_not_be_answered_is_not(string challenge) =>
        Answers(Server, challenge).ShouldBeFalse();

    [Fact]
    public void A_challenge_of_any_length_is_not_answered() =>
        Answers(Server, $"Digest realm=\"example.com\", nonce=\"{new string('n', 513)}\", qop=\"auth\"")
            .ShouldBeFalse();

    [Fact]
    public void The_second_challenge_of_a_request_stands_stale_or_not()
    {
        var exchange = new DigestExchange(_client);
        Answers(exchange, Challenge).ShouldBeTrue();
        for (int i = 0; i < 5; i++)
        {
            Answers(exchange, $"Digest realm=\"example.com\", nonce=\"m{i}\", qop=\"auth\", stale=true")
                .ShouldBeFalse();
        }
    }

    [Fact]
    public void A_stale_nonce_is_replaced_and_the_count_begins_again()
    {
        Answers(new DigestExchange(_client), Challenge).ShouldBeTrue();
        var exchange = new DigestExchange(_client);
        exchange.TryBegin(Server, "REGISTER"u8, "sip:x"u8, default, out DigestHeader first).ShouldBeTrue();
        Text(first).ShouldContain("nc=00000002");
        exchange
            .TryAnswer(
                Server,
                AuthText.Response(
                    401,
                    $"WWW-Authenticate: {Challenge.Replace("n1", "n2", StringComparison.Ordinal)}, stale=true"
                ),
                "REGISTER"u8,
                "sip:x"u8,
                default,
                out DigestHeader second
            )
            .ShouldBeTrue();
        Text(second).ShouldContain("nonce=\"n2\"");
        Text(second).ShouldContain("nc=00000001");
    }

    [Fact]
    public void The_strongest_challenge_is_answered_wherever_it_stands()
    {
        Answer("SHA-256", "MD5").ShouldContain("algorithm=SHA-256");
        Answer("MD5", "SHA-256", "SHA-512-256", "FUTURE").ShouldContain("algorithm=SHA-512-256");
        Answer("MD5").ShouldContain("algorithm=MD5");
    }

    [Fact]
    public void Nobody_talks_an_account_down_below_its_weakest()
    {
        DigestClient client = Client(
            new DigestAccount(Server, Users.Realm, "bob", Secret) { Weakest = DigestAlgorithm.Sha256 }
        );
        Answers(new DigestExchange(client), Challenge).ShouldBeFalse();
        Answers(new DigestExchange(client), Challenge + ", algorithm=SHA-256").ShouldBeTrue();
    }

    [Fact]
    public void A_407_is_answered_in_its_own_header_and_opaque_goes_back()
    {
        SipResponse response = AuthText.Response(
            407,
            $"WWW-Authenticate: {Challenge}",
            $"Proxy-Authenticate: {Challenge}, opaque=\"o p\""
        );
        new DigestExchange(_client)
            .TryAnswer(Server, response, "INVITE"u8, "sip:x"u8, default, out DigestHeader header)
            .ShouldBeTrue();
        header.Id.ShouldBe(HeaderId.ProxyAuthorization);
        Text(header).ShouldEndWith(", opaque=\"o p\"");
    }

    [Fact]
    public void A_server_of_old_gets_an_answer_without_qop()
    {
        SipResponse response = AuthText.Response(401, "WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n1\"");
        new DigestExchange(_client)
            .TryAnswer(Server, response, "INVITE"u8, "sip:x"u8, default, out DigestHeader header)
            .ShouldBeTrue();
        Text(header).ShouldNotContain("qop");
        Text(header).ShouldNotContain("nc=");
    }

    [Fact]
    public void Only_401_and_407_are_challenges()
    {
        SipResponse response = AuthText.Response(
            403,
            $"WWW-Authenticate: {Challenge}",
            $"Proxy-Authenticate: {Challenge}"
        );
        new DigestExchange(_client).TryAnswer(Server, response, "INVITE"u8, "sip:x"u8, default, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("re\"alm", "bob")]
    [InlineData("realm", "b\r\nob")]
    [InlineData("", "bob")]
    public void An_account_that_cannot_be_written_is_the_programmers_mistake(string realm, string user) =>
        Should.Throw<ArgumentException>(() => new DigestAccount(Server, realm, user, Secret));

    private static DigestAccount Account() => new(Server, Users.Realm, "bob", Secret);

    private static DigestClient Client(DigestAccount account) => new(account, LaneRandom.Seeded(4));

    private bool Answers(in Peer from, string challenge) =>
        new DigestExchange(_client).TryAnswer(
            from,
            AuthText.Response(401, "WWW-Authenticate: " + challenge),
            "REGISTER"u8,
            "sip:x"u8,
            default,
            out _
        );

    private static bool Answers(DigestExchange exchange, string challenge) =>
        exchange.TryAnswer(
            Server,
            AuthText.Response(401, "WWW-Authenticate: " + challenge),
            "REGISTER"u8,
            "sip:x"u8,
            default,
            out _
        );

    private string Answer(params string[] algorithms)
    {
        string[] lines = [.. algorithms.Select(algorithm => $"WWW-Authenticate: {Challenge}, algorithm={algorithm}")];
        new DigestExchange(_client).TryAnswer(
            Server,
            AuthText.Response(401, lines),
            "REGISTER"u8,
            "sip:x"u8,
            default,
            out DigestHeader header
        );
        return Text(header);
    }

    private static string Text(DigestHeader header) => Encoding.UTF8.GetString(header.Value.Span);
}
