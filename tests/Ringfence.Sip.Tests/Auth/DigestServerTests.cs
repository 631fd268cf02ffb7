using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Auth;

/// <summary>What a server makes of credentials (RFC 3261 §22, RFC 7616, RFC 8760).</summary>
public class DigestServerTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("0123456789abcdef");
    private readonly ManualClock _clock = new();
    private readonly Users _users = new();
    private readonly DigestServer _server;

    public DigestServerTests() => _server = Server(new DigestServerOptions { Realm = Users.Realm });

    [Fact]
    public void Without_credentials_there_is_one_challenge_for_each_algorithm_best_first()
    {
        DigestVerdict verdict = _server.Check(AuthText.Request());
        (verdict.Outcome, verdict.StatusCode, verdict.Id).ShouldBe(
            (DigestOutcome.Challenge, 401, HeaderId.WwwAuthenticate)
        );
        string[] challenges = Texts(verdict);
        challenges.Length.ShouldBe(2);
        challenges[0].ShouldContain("algorithm=SHA-256, qop=\"auth\"");
        challenges[1].ShouldContain("algorithm=MD5, qop=\"auth\"");
        challenges.ShouldAllBe(text =>
            text.StartsWith("Digest realm=\"example.com\", nonce=\"", StringComparison.Ordinal)
            && !text.Contains("stale")
        );
    }

    [Fact]
    public void A_proxy_challenges_with_407_and_reads_its_own_header()
    {
        DigestVerdict verdict = _server.Check(AuthText.Request(), asProxy: true);
        (verdict.StatusCode, verdict.Id).ShouldBe((407, HeaderId.ProxyAuthenticate));
        string challenge = Texts(verdict)[0];
        Check(AuthText.Credentials(challenge, header: "Proxy-Authorization"), asProxy: true)
            .Outcome.ShouldBe(DigestOutcome.Authenticated);
        Check(AuthText.Credentials(challenge, count: "00000002"), asProxy: true)
            .Outcome.ShouldBe(DigestOutcome.Challenge);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_right_response_names_the_user(int challenge)
    {
        DigestVerdict verdict = Check(AuthText.Credentials(Challenges()[challenge]));
        (verdict.Outcome, verdict.User, verdict.StatusCode).ShouldBe((DigestOutcome.Authenticated, "bob", 0));
    }

    [Fact]
    public void SHA_512_256_serves_when_it_is_offered()
    {
        DigestServer server = Server(
            new DigestServerOptions { Realm = Users.Realm, Algorithms = [DigestAlgorithm.Sha512Slash256] }
        );
        string challenge = Texts(server.Check(AuthText.Request())).Single();
        server
            .Check(AuthText.Request(AuthText.Credentials(challenge, algorithm: DigestAlgorithm.Sha512Slash256)))
            .Outcome.ShouldBe(DigestOutcome.Authenticated);
        server
            .Check(AuthText.Request(AuthText.Credentials(challenge, algorithm: DigestAlgorithm.Md5)))
            .Outcome.ShouldBe(DigestOutcome.Challenge);
    }

    [Theory]
    [InlineData("bob", "wrong")]
    [InlineData("nobody", "secret")]
    [InlineData("", "secret")]
    [InlineData("BOB", "secret")]
    public void A_wrong_password_and_an_unknown_user_are_answered_alike(string user, string password)
    {
        DigestVerdict verdict = Check(AuthText.Credentials(Challenges()[0], user, password));
        (verdict.Outcome, verdict.StatusCode, verdict.User).ShouldBe((DigestOutcome.Challenge, 401, ""));
        string[] challenges = Texts(verdict);
        challenges.Length.ShouldBe(2);
        challenges[0].Length.ShouldBe(Challenges()[0].Length);
        challenges[0].ShouldNotContain("stale");
    }

    [Fact]
    public void Every_part_of_the_request_that_is_signed_counts()
    {
        string challenge = Challenges()[0];
        Check(AuthText.Credentials(challenge, method: "INVITE")).Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(AuthText.Credentials(challenge).Replace("xyz", "xyy", StringComparison.Ordinal))
            .Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(AuthText.Credentials(challenge).Replace("nc=00000001", "nc=00000002", StringComparison.Ordinal))
            .Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(AuthText.Credentials(challenge)).Outcome.ShouldBe(DigestOutcome.Authenticated);
    }

    [Theory]
    [InlineData("sip:other.com")]
    [InlineData("sip:bob@example.com")]
    [InlineData("nonsense")]
    public void Credentials_for_another_target_are_refused(string uri)
    {
        DigestVerdict verdict = Check(AuthText.Credentials(Challenges()[0], uri: uri));
        (verdict.Outcome, verdict.StatusCode).ShouldBe((DigestOutcome.Refuse, 400));
    }

    [Theory]
    [InlineData("sip:EXAMPLE.com;transport=tcp")]
    [InlineData("sip:example.com:5060")]
    public void What_does_not_change_the_target_may_differ(string uri) =>
        Check(AuthText.Credentials(Challenges()[0], uri: uri)).Outcome.ShouldBe(DigestOutcome.Authenticated);

    [Fact]
    public void A_count_is_taken_once_in_any_order()
    {
        string challenge = Challenges()[0];
        foreach (string count in new[] { "00000001", "00000003", "00000002", "00000010" })
        {
            Check(AuthText.Credentials(challenge, count: count)).Outcome.ShouldBe(DigestOutcome.Authenticated);
            DigestVerdict again = Check(AuthText.Credentials(challenge, count: count));
            again.Outcome.ShouldBe(DigestOutcome.Challenge);
            Texts(again)[0].ShouldEndWith(", stale=true");
        }

        Check(AuthText.Credentials(challenge, count: "00000000")).Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(AuthText.Credentials(challenge, count: "00001000")).Outcome.ShouldBe(DigestOutcome.Authenticated);
        Check(AuthText.Credentials(challenge, count: "00000fbf")).Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(AuthText.Credentials(challenge, count: "00000fc5")).Outcome.ShouldBe(DigestOutcome.Authenticated);
    }

    [Fact]
    public void An_old_nonce_is_stale_only_for_who_knows_the_password()
    {
        string challenge = Challenges()[0];
        _clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Texts(Check(AuthText.Credentials(challenge)))[0].ShouldEndWith(", stale=true");
        Texts(Check(AuthText.Credentials(challenge, password: "wrong")))[0].ShouldNotContain("stale");
    }

    [Fact]
    public void A_nonce_of_ones_own_making_is_stale()
    {
        string challenge = Challenges()[0];
        string nonce = AuthText.Part(challenge, "nonce");
        string later = "7fff" + nonce[4..];
        foreach (
            string forged in new[]
            {
                later,
                "abc",
                "",
                new string('0', 64),
                nonce + "00",
                nonce.Replace('a', 'g') + "g",
            }
        )
        {
            string forgedChallenge = challenge.Replace(nonce, forged, StringComparison.Ordinal);
            Check(AuthText.Credentials(forgedChallenge)).Outcome.ShouldBe(DigestOutcome.Challenge, forged);
        }
    }

    [Fact]
    public void Another_node_takes_the_nonce_when_it_has_the_key_and_not_otherwise()
    {
        string credentials = AuthText.Credentials(Challenges()[0]);
        var options = new DigestServerOptions { Realm = Users.Realm };
        Server(options).Check(AuthText.Request(credentials)).Outcome.ShouldBe(DigestOutcome.Authenticated);
        new DigestServer(options, _users, "another key of 16"u8, _clock)
            .Check(AuthText.Request(credentials))
            .Outcome.ShouldBe(DigestOutcome.Challenge);
    }

    [Fact]
    public void A_nonce_that_was_forgotten_is_stale_and_never_free_again()
    {
        DigestServer server = Server(new DigestServerOptions { Realm = Users.Realm, MaxNonces = 4 });
        string first = AuthText.Credentials(Texts(server.Check(AuthText.Request()))[0]);
        server.Check(AuthText.Request(first)).Outcome.ShouldBe(DigestOutcome.Authenticated);
        for (int i = 0; i < 8; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(5));
            string next = AuthText.Credentials(Texts(server.Check(AuthText.Request()))[0]);
            server.Check(AuthText.Request(next)).Outcome.ShouldBe(DigestOutcome.Authenticated);
        }

        Texts(server.Check(AuthText.Request(first)))[0].ShouldEndWith(", stale=true");
    }

    [Fact]
    public void With_auth_int_the_body_is_signed_too()
    {
        DigestServer server = Server(new DigestServerOptions { Realm = Users.Realm, OffersIntegrity = true });
        string challenge = Texts(server.Check(AuthText.Request()))[0];
        challenge.ShouldContain("qop=\"auth,auth-int\"");
        string credentials = AuthText.Credentials(challenge, qop: "auth-int", body: "v=0", method: "INVITE");
        server.Check(AuthText.Request(credentials, "INVITE", body: "v=1")).Outcome.ShouldBe(DigestOutcome.Challenge);
        server
            .Check(AuthText.Request(credentials, "INVITE", body: "v=0"))
            .Outcome.ShouldBe(DigestOutcome.Authenticated);
        Check(AuthText.Credentials(Challenges()[0], qop: "auth-int")).Outcome.ShouldBe(DigestOutcome.Challenge);
    }

    [Theory]
    [InlineData("qop=auth", "qop=other")]
    [InlineData(", qop=auth", "")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("nc=00000001", "nc=0000000g")]
    [InlineData(", nc=00000001", "")]
    [InlineData("username=\"bob\", ", "")]
    [InlineData("cnonce=\"xyz\", ", "")]
    [InlineData("response=\"", "response=\"0")]
    public void Credentials_with_something_missing_or_wrong_are_refused(string part, string by)
    {
        DigestVerdict verdict = Check(
            AuthText.Credentials(Challenges()[0]).Replace(part, by, StringComparison.Ordinal)
        );
        (verdict.Outcome, verdict.StatusCode).ShouldBe((DigestOutcome.Refuse, 400));
    }

    [Theory]
    [InlineData("Authorization: Basic Ym9iOnNlY3JldA==\r\n")]
    [InlineData("Authorization: Digest realm=\"other\", username=\"bob\"\r\n")]
    [InlineData("Authorization: Digest realm=\"example.com\", algorithm=SHA-1\r\n")]
    [InlineData("Authorization: Digest realm=\"example.com\", algorithm=MD5-sess\r\n")]
    [InlineData("Authorization: Digest ,,,\r\n")]
    [InlineData("Authorization: Digest realm=\"example.com\", realm=\"example.com\"\r\n")]
    public void What_is_for_somebody_else_is_passed_over(string header) =>
        Check(header).Outcome.ShouldBe(DigestOutcome.Challenge);

    [Fact]
    public void Among_several_credentials_ours_are_found_and_only_a_few_are_looked_at()
    {
        string challenge = Challenges()[0];
        string good = AuthText.Credentials(challenge);
        string wrong = AuthText.Credentials(challenge, password: "wrong");
        string other = good.Replace("example.com\"", "other.com\"", StringComparison.Ordinal);
        Check(string.Concat(Enumerable.Repeat(wrong, 4)) + good).Outcome.ShouldBe(DigestOutcome.Challenge);
        Check(string.Concat(Enumerable.Repeat(other, 8)) + wrong + good).Outcome.ShouldBe(DigestOutcome.Authenticated);
    }

    [Fact]
    public void A_stored_hash_serves_for_its_algorithm_only()
    {
        string stored = DigestSecret.FromPassword("eve", Users.Realm, "pw").Hash(DigestAlgorithm.Sha256)!;
        _users["eve"] = DigestSecret.FromHashes((DigestAlgorithm.Sha256, stored.ToUpperInvariant()));
        Check(AuthText.Credentials(Challenges()[0], "eve", "pw")).User.ShouldBe("eve");
        Check(AuthText.Credentials(Challenges()[1], "eve", "pw")).Outcome.ShouldBe(DigestOutcome.Challenge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz23456789012345678901234567890z")]
    public void A_hash_that_is_none_is_refused_and_not_shown(string hash)
    {
        ArgumentException refused = Should.Throw<ArgumentException>(() =>
            DigestSecret.FromHashes((DigestAlgorithm.Md5, hash))
        );
        if (hash.Length > 0)
        {
            refused.Message.ShouldNotContain(hash);
        }
    }

    [Fact]
    public void Nothing_prints_a_secret()
    {
        var secret = DigestSecret.FromPassword("bob", "r", "swordfish");
        var account = new DigestAccount(default(Ringfence.Sip.Transport.Peer) with { Port = 1 }, "r", "bob", secret);
        foreach (object? o in new object?[] { secret, account, new DigestHeader(HeaderId.Authorization, new byte[9]) })
        {
            string text = o!.ToString()!;
            text.ShouldNotContain(secret.Hash(DigestAlgorithm.Md5)!);
            text.ShouldNotContain("swordfish");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\r\nb")]
    public void A_realm_that_cannot_be_quoted_is_the_programmers_mistake(string realm) =>
        Should.Throw<ArgumentException>(() => Server(new DigestServerOptions { Realm = realm }));

    private DigestServer Server(DigestServerOptions options) => new(options, _users, Key, _clock);

    private string[] Challenges() => Texts(_server.Check(AuthText.Request()));

    private DigestVerdict Check(string headers, bool asProxy = false) =>
        _server.Check(AuthText.Request(headers), asProxy);

    private static string[] Texts(DigestVerdict verdict) =>
        [.. verdict.Challenges.Select(value => Encoding.UTF8.GetString(value.Span))];
}
