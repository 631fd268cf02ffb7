using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>What the gate says that it takes is what it takes: Allow and Supported, by trunk.</summary>
public sealed class GateAbilitiesTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("refer: pass", true)]
    public async Task REFER_is_in_Allow_where_the_trunk_lets_it_through(string trunk, bool isListed)
    {
        await using var world = new GateWorld(trunk);
        world.OnCallee = call => call.Answer(GateWorld.Sdp());
        world.OnAsked = request => request.Answer(200, default, GateWorld.Sdp("recvonly", 2));
        world.Call();
        world.Run(200);
        world.Alice.Send(SipMethod.Invite, GateWorld.Sdp("sendonly", 2), world).ShouldBeTrue();
        world.Run(200);

        string[] messages =
        [
            .. OfInvites(world, ">A 183", 1),
            .. OfInvites(world, ">A 200", 2),
            .. OfInvites(world, ">B INVITE", 2),
        ];
        foreach (string message in messages)
        {
            string allow = message.Split("\r\nAllow: ")[1].Split("\r\n")[0];
            allow.Contains("REFER, NOTIFY", StringComparison.Ordinal).ShouldBe(isListed, message);
            allow.ShouldContain("INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE");
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("100rel: supported", true)]
    [InlineData("100rel: off", false)]
    public async Task Supported_names_100rel_where_the_trunk_has_it_on(string trunk, bool isNamed)
    {
        await using var world = new GateWorld(trunk);
        world.OnCallee = call => call.Answer(GateWorld.Sdp());
        world.Call();
        world.Run(200);

        foreach (string message in (string[])[.. OfInvites(world, ">A 183", 1), .. OfInvites(world, ">A 200", 1)])
        {
            string supported = message.Split("\r\nSupported: ")[1].Split("\r\n")[0];
            supported.Contains("100rel", StringComparison.Ordinal).ShouldBe(isNamed, message);
            supported.ShouldContain("timer");
        }
    }

    private static string[] OfInvites(GateWorld world, string step, int count)
    {
        string[] found =
        [
            .. world
                .Wire.Where(message =>
                    message.Step == step && message.Text.Contains(" INVITE\r\n", StringComparison.Ordinal)
                )
                .Select(message => message.Text),
        ];
        found.Length.ShouldBe(count);
        return found;
    }
}
