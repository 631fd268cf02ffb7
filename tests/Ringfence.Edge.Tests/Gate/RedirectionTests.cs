using System.Text;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>A callee's 3xx at the edge, in both modes: followed where the route says so, and to neighbours only.</summary>
public sealed class RedirectionTests
{
    private const string Follow = "redirections: follow";

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task A_302_to_a_neighbour_is_followed_and_the_caller_talks_to_whom_it_named(string mode)
    {
        await using var world = new GateWorld(mode: mode, route: Follow);
        world.OnCallee = call => Serve(call, "<sip:+33100@127.0.0.1:5071>");
        world.Call();
        world.Run(300);

        world.Sent(">B INVITE", 1).ShouldStartWith("INVITE sip:+33100@127.0.0.1:5071 SIP/2.0\r\n");
        world.Steps.ShouldNotContain(">A 302");
        world.Alice.State.ShouldBe(CallState.Confirmed);
        world.Alice.End();
        world.Run(200);
        world.ShouldBeOver();
    }

    /// <summary>Whoever answers with 3xx would choose whom the edge calls, and at whose cost.</summary>
    [Theory]
    [InlineData("proxy", Follow, "<sip:+33100@192.0.2.66:5060>", 302)]
    [InlineData("gate", Follow, "<sip:+33100@192.0.2.66:5060>", 480)]
    [InlineData("proxy", "", "<sip:+33100@127.0.0.1:5071>", 302)]
    [InlineData("gate", "", "<sip:+33100@127.0.0.1:5071>", 480)]
    [InlineData("gate", Follow, "<tel:+33100>", 480)]
    [InlineData("gate", Follow, "<sip:+33100@no-resolver-here.example>", 480)]
    public async Task A_stranger_is_not_called_and_nobody_where_the_route_does_not_say_so(
        string mode,
        string route,
        string contact,
        int heard
    )
    {
        await using var world = new GateWorld(mode: mode, route: route);
        world.OnCallee = call => Serve(call, contact);
        world.Call();
        world.Run(300);

        world.Completed.ShouldBe([$"refused {heard}"]);
        world.Steps.Count(step => step == ">B INVITE").ShouldBe(1);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("proxy", 302)]
    [InlineData("gate", 480)]
    public async Task Those_that_send_a_call_in_a_circle_are_asked_once_and_a_chain_ends_after_five(
        string mode,
        int heard
    )
    {
        await using var world = new GateWorld(mode: mode, route: Follow);
        int hop = 0;
        world.OnCallee = call =>
            call.Redirect(
                302,
                Encoding.ASCII.GetBytes($"<sip:hop{++hop}@127.0.0.1:5070>, <sip:+4930123456@127.0.0.1:5070>;q=0.5")
            );
        world.Call();
        world.Run(1_000);

        world.Completed.ShouldBe([$"refused {heard}"]);
        world.Steps.Count(step => step == ">B INVITE").ShouldBe(6);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task The_route_s_next_target_follows_when_the_one_that_was_named_refuses()
    {
        await using var world = new GateWorld(route: Follow, to: "\"sip:127.0.0.1:5070\", \"sip:last@127.0.0.1:5071\"");
        List<string> called = [];
        world.OnCallee = call =>
        {
            string user = Encoding.ASCII.GetString(call.Request.RequestUri);
            called.Add(user[4..user.IndexOf('@', StringComparison.Ordinal)]);
            if (called.Count == 1)
            {
                call.Redirect(302, "<sip:second@127.0.0.1:5070>;q=0.1, <sip:first@127.0.0.1:5071>;q=0.9"u8);
            }
            else
            {
                call.Refuse(486, default);
            }
        };
        world.Call();
        world.Run(500);

        called.ShouldBe(["+4930123456", "first", "second", "last"]);
        world.Completed.ShouldBe(["refused 486"]);
        world.ShouldBeOver();
    }

    private static void Serve(IncomingCall call, string contact)
    {
        if (call.Request.RequestUri.EndsWith(":5070"u8))
        {
            call.Redirect(302, Encoding.ASCII.GetBytes(contact));
        }
        else
        {
            call.Answer(GateWorld.Sdp());
        }
    }
}
