using System.Security.Cryptography;
using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>How the gate reaches a callee: with the edge's login, at the next address, at the next target.</summary>
public sealed class GateReachingTests
{
    private static readonly DigestLogin Login = new(
        "bob.example",
        "edge",
        DigestSecret.FromPassword("edge", "bob.example", "sesame")
    );

    [Theory]
    [InlineData("SHA-256")]
    [InlineData("MD5")]
    public async Task A_407_is_answered_with_the_edges_login(string algorithm)
    {
        await using EarlyWorld world = new();
        world.Route = [world.BobAt with { Login = Login }];
        world.Bob.OnCalled = call =>
        {
            if (!call.Request.Has(HeaderId.ProxyAuthorization))
            {
                call.Refuse(407, default, Challenge(algorithm));
            }
        };
        world.Invite();
        world.Run(100);

        world.Bob.Invites.ShouldBe(2);
        string sent = Line(world.Bob.Invite, "Proxy-Authorization");
        sent.ShouldContain($"algorithm={algorithm}");
        sent.ShouldContain("username=\"edge\", realm=\"bob.example\", nonce=\"n1\"");
        Field(sent, "response").ShouldBe(Response(algorithm, sent));
        Line(world.Bob.Invite, "CSeq").ShouldBe("2 INVITE");
        world.Bob.Answer();
        world.Run(100);
        world.Call.State.ShouldBe(CallState.Confirmed);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_second_407_is_not_answered_and_the_caller_is_not_asked_for_what_it_does_not_have()
    {
        await using EarlyWorld world = new();
        world.Route = [world.BobAt with { Login = Login }];
        world.Bob.OnCalled = call => call.Refuse(407, default, Challenge("SHA-256"));
        world.Invite();
        world.Run(200);

        world.Bob.Invites.ShouldBe(2);
        world.Statuses[^1].ShouldBe(403);
        world.Responses[^1].ShouldNotContain("Proxy-Authenticate");
        world.ShouldBeOver();
    }

    /// <summary>The login is the first target's; the second one only says the same realm.</summary>
    [Fact]
    public async Task A_challenge_of_another_target_gets_no_credentials()
    {
        await using EarlyWorld world = new();
        world.Route = [world.BobAt with { Login = Login }, world.CarolAt];
        world.Bob.OnCalled = call => call.Refuse(503, default);
        world.Carol.OnCalled = call => call.Refuse(407, default, Challenge("MD5"));
        world.Invite();
        world.Run(200);

        world.Carol.Invites.ShouldBe(1);
        world.Carol.Invite.ShouldNotContain("Authorization");
        world.Statuses[^1].ShouldBe(403);
        world.ShouldBeOver();
    }

    /// <summary>Credentials are for one address: what answered the challenge at the first is not said at the second.</summary>
    [Fact]
    public async Task The_next_address_of_a_place_gets_nothing_of_what_the_first_was_told()
    {
        await using EarlyWorld world = new();
        world.Route = [world.BobAt with { Login = Login, Others = [world.CarolAt.Destination] }];
        world.Bob.OnCalled = call =>
            call.Refuse(call.Request.Has(HeaderId.ProxyAuthorization) ? 503 : 407, default, Challenge("SHA-256"));
        world.Invite();
        world.Run(200);

        world.Bob.Invites.ShouldBe(2);
        world.Carol.Invites.ShouldBe(1);
        world.Carol.Invite.ShouldNotContain("Authorization");
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_503_or_silence_goes_on_to_the_next_address(int statusCode)
    {
        await using EarlyWorld world = new();
        // Nobody is at this address.
        Peer nobody = world.BobAt.Destination with
        {
            Port = 5099,
        };
        world.Route =
        [
            world.BobAt with
            {
                Destination = statusCode == 0 ? nobody : world.BobAt.Destination,
                Others = [world.CarolAt.Destination],
            },
        ];
        world.Bob.OnCalled = call => call.Refuse(statusCode, default);
        world.Invite();
        world.Run(statusCode == 0 ? 33_000 : 200);

        world.Carol.Invites.ShouldBe(1);
        world.Statuses.ShouldAllBe(status => status < 200);
        world.Carol.Answer();
        world.Run(100);
        world.Call.State.ShouldBe(CallState.Confirmed);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_transport_failure_goes_on_to_the_next_address_at_once()
    {
        await using EarlyWorld world = new();
        world.Route =
        [
            world.BobAt with
            {
                Destination = world.BobAt.Destination with { Kind = TransportKind.Tcp, Port = 5099 },
                Others = [world.CarolAt.Destination],
            },
        ];
        world.Invite();
        world.Run(200);

        world.Carol.Invites.ShouldBe(1);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_486_is_the_answer_of_the_place_its_other_addresses_are_not_tried_and_the_next_target_is()
    {
        await using EarlyWorld world = new();
        Peer other = world.BobAt.Destination with { Port = 5099 };
        world.Route = [world.BobAt with { Others = [other] }, world.CarolAt];
        world.Bob.OnCalled = call => call.Refuse(486, default);
        world.Invite();
        world.Run(200);

        world.Bob.Invites.ShouldBe(1);
        world.Carol.Invites.ShouldBe(1);
        world.Carol.Refuse(486);
        world.Run(100);
        world.Statuses[^1].ShouldBe(486);
        world.ShouldBeOver();
    }

    /// <summary>RFC 5626 §5.3: a registered phone behind a NAT gives a Contact that leads nowhere.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_callee_that_is_held_to_its_flow_gets_all_of_the_call_there(bool calleeEnds)
    {
        await using EarlyWorld world = new();
        world.Route = [world.BobAt with { KeepFlow = true }];
        world.Invite();
        world
            .Bob.Call.Answer(
                Body.Sdp(Encoding.ASCII.GetBytes(world.Bob.Handset.Sdp())),
                new HeaderField(HeaderId.Contact, "<sip:bob@10.9.9.9:5060>")
            )
            .ShouldBeTrue();
        world.Run(100);
        world.Bob.Call.State.ShouldBe(CallState.Confirmed, "its 200 has been acknowledged");
        (calleeEnds ? world.Bob.Call.End() : world.Call.End()).ShouldBeTrue();
        world.Run(100);

        world.Bob.End.ShouldBe(calleeEnds ? CallEnd.ByeSent : CallEnd.ByeReceived);
        world.End.ShouldBe(calleeEnds ? CallEnd.ByeReceived : CallEnd.ByeSent);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("", 607, 607, 1)]
    [InlineData("treat-6xx-as-busy: yes", 607, 486, 2)]
    [InlineData("treat-6xx-as-busy: yes", 603, 486, 2)]
    [InlineData("treat-6xx-as-busy: yes", 404, 404, 2)]
    public async Task A_6xx_ends_the_search_unless_the_trunk_takes_it_for_busy(
        string trunk,
        int said,
        int heard,
        int asked
    )
    {
        await using var world = new GateWorld(trunk, to: "\"sip:127.0.0.1:5070\", \"sip:127.0.0.1:5071\"");
        world.OnCallee = call => call.Refuse(said, default);
        world.Call();
        world.Run(200);

        world.Completed.ShouldBe([$"refused {heard}"]);
        world.Steps.Count(step => step == ">B INVITE").ShouldBe(asked);
        world.ShouldBeOver();
    }

    private static HeaderField Challenge(string algorithm) =>
        new(
            HeaderId.ProxyAuthenticate,
            $"Digest realm=\"bob.example\", nonce=\"n1\", qop=\"auth\", algorithm={algorithm}"
        );

    private static string Line(string message, string name) => message.Split($"\r\n{name}: ")[1].Split("\r\n")[0];

    private static string Field(string line, string name) => line.Split($"{name}=\"")[1].Split('"')[0];

    /// <summary>RFC 7616 §3.4.1.</summary>
    private static string Response(string algorithm, string line)
    {
        string count = line.Split("nc=")[1].Split(',')[0];
        string secret = Hash(algorithm, "edge:bob.example:sesame");
        string method = Hash(algorithm, $"INVITE:{Field(line, "uri")}");
        return Hash(algorithm, $"{secret}:n1:{count}:{Field(line, "cnonce")}:auth:{method}");
    }

    private static string Hash(string algorithm, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5351 // What RFC 3261 §22.4 asks of every user agent.
        return Convert.ToHexStringLower(algorithm == "MD5" ? MD5.HashData(bytes) : SHA256.HashData(bytes));
#pragma warning restore CA5351
    }
}
