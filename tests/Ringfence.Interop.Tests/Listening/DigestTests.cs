using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>Digest (RFC 3261 §22, RFC 7616, RFC 8760) at the edge, to both sides, with responses that openssl has made.</summary>
public sealed class DigestTests
{
    private const string Sdp =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n";

    [Theory]
    [InlineData("MD5", "auth")]
    [InlineData("MD5", "auth-int")]
    [InlineData("SHA-256", "auth")]
    [InlineData("SHA-256", "auth-int")]
    [InlineData("SHA-512-256", "auth")]
    [InlineData("SHA-512-256", "auth-int")]
    public async Task A_user_that_answers_the_edges_challenge_may_call_and_one_whose_body_was_changed_may_not(
        string algorithm,
        string qop
    )
    {
        using TestFolder folder = await FolderAsync();
        await using HostedEdge edge = HostedEdge.Start(folder, UsersYaml);
        using DigestPeer alice = new(folder, edge.PortOf(TransportKind.Udp));
        const string Uri = "sip:nobody@127.0.0.1";
        string contact = $"<sip:alice@127.0.0.1:{DigestPeer.Text(alice.Port)}>";

        string challenge = alice.Ask("INVITE", Uri, contact, Sdp);
        challenge.ShouldStartWith("SIP/2.0 407");
        string credentials = await alice.AnswerAsync(challenge, algorithm, qop, "INVITE", Uri, Sdp);
        // The same nonce and count would be refused a second time: each try begins with a challenge of its own.
        alice.Ask("INVITE", Uri, contact, Sdp, credentials).ShouldStartWith("SIP/2.0 480");

        challenge = alice.Ask("INVITE", Uri, contact, Sdp);
        credentials = await alice.AnswerAsync(challenge, algorithm, qop, "INVITE", Uri, Sdp);
        string changed = Sdp.Replace("40000", "40002", StringComparison.Ordinal);
        alice
            .Ask("INVITE", Uri, contact, changed, credentials)
            .ShouldStartWith(qop == "auth-int" ? "SIP/2.0 407" : "SIP/2.0 480");
    }

    [Theory]
    [InlineData("proxy", "MD5", "auth")]
    [InlineData("gate", "MD5", "auth-int")]
    [InlineData("gate", "SHA-256", "auth")]
    [InlineData("proxy", "SHA-512-256", "auth-int")]
    [InlineData("gate", "SHA-512-256", "auth-int")]
    public async Task A_targets_challenge_is_answered_and_another_target_of_the_realm_is_told_nothing(
        string mode,
        string algorithm,
        string qop
    )
    {
        Sipp.Need();
        using TestFolder folder = await FolderAsync();
        (int first, int second) = (FreePort.Next(), FreePort.Next());
        await using HostedEdge edge = HostedEdge.Start(folder, CarrierYaml(mode, first, second));
        string challenge =
            $"Proxy-Authenticate: Digest realm=\"127.0.0.1\", nonce=\"n1\", qop=\"{qop}\", algorithm={algorithm}";
        using SippRun carrier = await Sipp.CalleeAsync(
            folder,
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("407 Proxy Authentication Required", headers: [challenge])
                .ExpectRequest("ACK")
                .ExpectRequest("INVITE", $"algorithm={algorithm}")
                .Reply("486 Busy Here")
                .ExpectRequest("ACK"),
            first
        );
        using SippRun other = await Sipp.CalleeAsync(
            folder,
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("407 Proxy Authentication Required", headers: [challenge])
                .ExpectRequest("ACK"),
            second
        );
        using SippRun caller = Sipp.Caller(
            folder,
            // The gate keeps to itself that somebody asks for what the caller does not have.
            new SippScript().Invite().MayRing().Expect(mode == "gate" ? 486 : 407).AckRefusal(),
            edge.PortOf(TransportKind.Udp)
        );
        await caller.SucceedsAsync(() => carrier.Trouble + other.Trouble);
        await carrier.SucceedsAsync();
        await other.SucceedsAsync();

        SippMessage[] invites = [.. carrier.Messages.Where(message => message is { IsSent: false, Step: "INVITE" })];
        await ShouldHoldAsync(folder, invites[^1], algorithm, qop);
        invites[0].Text.ShouldNotContain("Authorization:");
        other.Messages.ShouldAllBe(message => !message.Text.Contains("Authorization:", StringComparison.Ordinal));
    }

    /// <summary>A challenge within the call (RFC 3261 §22.2): the caller, who has no account there, hears nothing of it.</summary>
    [Theory]
    [InlineData("proxy", "401 Unauthorized", "WWW-Authenticate", "Authorization")]
    [InlineData("gate", "401 Unauthorized", "WWW-Authenticate", "Authorization")]
    [InlineData("proxy", "407 Proxy Authentication Required", "Proxy-Authenticate", "Proxy-Authorization")]
    [InlineData("gate", "407 Proxy Authentication Required", "Proxy-Authenticate", "Proxy-Authorization")]
    public async Task A_target_may_challenge_re_INVITE_and_BYE(string mode, string status, string asks, string answers)
    {
        Sipp.Need();
        using TestFolder folder = await FolderAsync();
        int port = FreePort.Next();
        await using HostedEdge edge = HostedEdge.Start(folder, CarrierYaml(mode, port, FreePort.Next()));
        string Challenge(int nonce) =>
            $"{asks}: Digest realm=\"127.0.0.1\", nonce=\"n{DigestPeer.Text(nonce)}\", qop=\"auth\", algorithm=SHA-256";
        await new CallWays(folder, edge.PortOf(TransportKind.Udp), port, () => "").GoAsync(
            new SippScript()
                .Invite()
                .MayRing()
                .Expect(200, routes: true)
                .InDialog("ACK", 1)
                .Offer("INVITE", 2, "sendonly")
                .Expect(100, optional: true)
                .Expect(200, matching: ["CSeq: 2 INVITE", "a=recvonly"])
                .InDialog("ACK", 2)
                .InDialog("BYE", 3)
                .Expect(200, matching: ["CSeq: 3 BYE"]),
            new SippScript()
                .ExpectRequest("INVITE")
                .Reply("200 OK", withSdp: true)
                .ExpectRequest("ACK")
                .ExpectRequest("INVITE", "a=sendonly")
                .Reply(status, tag: false, headers: [Challenge(1)])
                .ExpectRequest("ACK")
                .ExpectRequest("INVITE", "a=sendonly", $"{answers}: Digest ", "nonce=.n1")
                .ReplyAnswer("recvonly")
                .ExpectRequest("ACK")
                .ExpectRequest("BYE")
                .Reply(status, tag: false, headers: [Challenge(2)])
                .ExpectRequest("BYE", $"{answers}: Digest ", "nonce=.n2")
                .Reply("200 OK", tag: false)
        );
    }

    private static string UsersYaml =>
        """
            listen: [ "udp:127.0.0.1:0", "tcp:127.0.0.1:0" ]
            trunks: [ { name: phones, from: 127.0.0.1, authenticate: users } ]
            registrar: { domains: [ 127.0.0.1 ], users: users.txt, algorithms: [ SHA-512-256, SHA-256, MD5 ], integrity: true }
            routes: [ { match: "*", to: registered } ]
            policy: [ { then: progress } ]
            """;

    private static string CarrierYaml(string mode, int first, int second) =>
        $$"""
            listen: [ "udp:127.0.0.1:0" ]
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{first}}", "sip:127.0.0.1:{{second}}" ] } ]
            credentials: [ { for: "sip:127.0.0.1:{{first}}", realm: 127.0.0.1, user: alice, secret: users.txt } ]
            policy: [ { then: progress } ]
            """;

    private static async Task<TestFolder> FolderAsync()
    {
        OpenSsl.Need();
        TestFolder folder = new();
        List<string> lines = [];
        foreach (string algorithm in (string[])["MD5", "SHA-256", "SHA-512-256"])
        {
            string hash = await DigestPeer.HashAsync(folder, algorithm, $"alice:127.0.0.1:{DigestPeer.Password}");
            lines.Add($"alice:127.0.0.1:{algorithm}:{hash}\n");
        }

        folder.Write("users.txt", string.Concat(lines));
        return folder;
    }

    private static async Task ShouldHoldAsync(TestFolder folder, SippMessage invite, string algorithm, string qop)
    {
        string line = invite.Header("Proxy-Authorization");
        string body = invite.Text.Split("\n\n", 2)[1].Replace("\n", "\r\n", StringComparison.Ordinal);
        body = body[..int.Parse(invite.Header("Content-Length"), System.Globalization.CultureInfo.InvariantCulture)];
        string expected = await DigestPeer.ResponseAsync(
            folder,
            algorithm,
            "alice",
            "n1",
            DigestPeer.Field(line, "nc"),
            DigestPeer.Field(line, "cnonce"),
            qop,
            "INVITE",
            DigestPeer.Field(line, "uri"),
            body
        );
        DigestPeer.Field(line, "qop").ShouldBe(qop);
        DigestPeer.Field(line, "response").ShouldBe(expected);
    }
}
