using System.Net;
using System.Text;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>A caller of a gated call whose media is SRTP gives another key within the call (RFC 4568 §7.1).</summary>
public sealed class GateKeysTests : IRequestListener
{
    private static readonly SrtpSuite Suite = SrtpSuite.AesCm128Sha180;
    private readonly List<(int StatusCode, string Sdp)> _answers = [];

    [Fact]
    public async Task The_relay_takes_the_new_key_and_keeps_its_own()
    {
        await using EarlyWorld world = Up(out SrtpMasterKey first);
        using SrtpContext before = new(first);
        world.Alice.Protection = before;
        world.Alice.Play(ToneCadence.Continuous(500, -12));
        world.Run(300);
        int heard = world.Bob.Handset.Received.Count;
        heard.ShouldBeGreaterThan(5);

        SrtpMasterKey second = SrtpMasterKey.Create(Suite);
        Reinvite(world, second.ToCrypto(7).KeyParams);
        _answers.ShouldHaveSingleItem().StatusCode.ShouldBe(200);
        // The tag of this offer, the key that the edge has had from the beginning.
        KeyOf(_answers[0].Sdp).ShouldBe(("7", KeyOf(world.Responses[0]).Key));

        using SrtpContext after = new(second);
        world.Alice.Protection = after;
        heard = world.Bob.Handset.Received.Count;
        world.Run(300);
        world.Bob.Handset.Received.Count.ShouldBeGreaterThan(heard + 5);

        world.Alice.Protection = new SrtpContext(first);
        world.Run(40);
        heard = world.Bob.Handset.Received.Count;
        world.Run(300);
        world.Bob.Handset.Received.Count.ShouldBe(heard, "the old key is worth nothing any more");
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_refused_and_the_call_goes_on_with_the_old_one()
    {
        await using EarlyWorld world = Up(out SrtpMasterKey first);
        using SrtpContext keys = new(first);
        world.Alice.Protection = keys;
        world.Alice.Play(ToneCadence.Continuous(500, -12));

        Reinvite(world, SrtpMasterKey.Create(Suite).ToCrypto(7).KeyParams + "|2^20|1:4");
        _answers.ShouldHaveSingleItem().StatusCode.ShouldBe(488);

        int heard = world.Bob.Handset.Received.Count;
        world.Run(300);
        world.Bob.Handset.Received.Count.ShouldBeGreaterThan(heard + 5);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_caller_that_leaves_SRTP_within_the_call_is_refused()
    {
        await using EarlyWorld world = Up(out _);
        world.Call.Send(SipMethod.Invite, Body.Sdp(Encoding.ASCII.GetBytes(world.Alice.Sdp())), this).ShouldBeTrue();
        world.Run(100);
        _answers.ShouldHaveSingleItem().StatusCode.ShouldBe(488);
    }

    void IRequestListener.OnCompleted(Call call, SipMethod method, int statusCode, SipResponse? response) =>
        _answers.Add((statusCode, response is null ? "" : Encoding.UTF8.GetString(response.Body)));

    private static EarlyWorld Up(out SrtpMasterKey key)
    {
        var world = new EarlyWorld();
        key = SrtpMasterKey.Create(Suite);
        world.Invite(Secure(world, $"3 {Suite.Name} {key.ToCrypto(3).KeyParams}"));
        world.Bob.Answer();
        world.Run(100);
        world.Call.State.ShouldBe(CallState.Confirmed);
        return world;
    }

    /// <summary>The gate asks the callee too, which answers as it did.</summary>
    private void Reinvite(EarlyWorld world, string keyParams)
    {
        world.Bob.Reanswers = true;
        world
            .Call.Send(
                SipMethod.Invite,
                Body.Sdp(Encoding.ASCII.GetBytes(Secure(world, $"7 {Suite.Name} {keyParams}", version: 2))),
                this
            )
            .ShouldBeTrue();
        world.Run(100);
    }

    private static string Secure(EarlyWorld world, string line, int version = 1) =>
        world
            .Alice.Sdp(more: $"a=crypto:{line}\r\n")
            .Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal)
            .Replace(
                $" 1 IN IP4 {IPAddress.Loopback}",
                $" {version} IN IP4 {IPAddress.Loopback}",
                StringComparison.Ordinal
            );

    private static (string Tag, string Key) KeyOf(string sdp)
    {
        string[] fields = sdp.Split("a=crypto:")[1].Split("\r\n")[0].Split(' ', 3);
        return (fields[0], fields[2]);
    }
}
