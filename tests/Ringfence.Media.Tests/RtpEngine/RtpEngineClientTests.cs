using System.Net;
using Ringfence.Media.RtpEngine;

namespace Ringfence.Media.Tests.RtpEngine;

public sealed class RtpEngineClientTests
{
    private static readonly RtpEngineLeg Leg = new("call", "a", "b", "z1");

    [Fact]
    public async Task An_offer_says_whose_it_is_and_what_the_other_side_speaks()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> offer = client.OfferAsync(
            new("call", "a"),
            "v=0\r\n",
            RtpEngineSide.Plain,
            TestContext.Current.CancellationToken
        );

        (string cookie, Bencode body, IPEndPoint from) = await engine.NextAsync();
        engine.Reply(from, $"{cookie} d6:result2:ok3:sdp5:v=0\r\ne");

        body["command"]!.Text.ShouldBe("offer");
        body["call-id"]!.Text.ShouldBe("call");
        body["from-tag"]!.Text.ShouldBe("a");
        body["to-tag"].ShouldBeNull();
        body["via-branch"].ShouldBeNull();
        body["sdp"]!.Text.ShouldBe("v=0\r\n");
        body["transport-protocol"]!.Text.ShouldBe("RTP/AVP");
        body["ICE"]!.Text.ShouldBe("remove");
        body["rtcp-mux"]!.List.ShouldHaveSingleItem().Text.ShouldBe("demux");
        RtpEngineReply reply = await offer;
        reply.IsDone.ShouldBeTrue();
        reply.Sdp.ShouldBe("v=0\r\n");
    }

    [Fact]
    public async Task Replies_find_their_requests_in_any_order()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> block = client.BlockMediaAsync(Leg, TestContext.Current.CancellationToken);
        (string first, Bencode body, IPEndPoint from) = await engine.NextAsync();
        Task<RtpEngineReply> digit = client.PlayDtmfAsync(Leg, '5', 200, TestContext.Current.CancellationToken);
        (string second, Bencode next, _) = await engine.NextAsync();

        engine.Reply(from, $"{second} d6:result2:oke");
        engine.Reply(from, $"{first} d12:error-reason12:Unknown call6:result5:errore");

        body["command"]!.Text.ShouldBe("block media");
        body["via-branch"]!.Text.ShouldBe("z1");
        (next["code"]!.Text, next["duration"]!.Number).ShouldBe(("5", 200));
        (await digit).IsDone.ShouldBeTrue();
        RtpEngineReply refused = await block;
        refused.Fault.ShouldBe(RtpEngineFault.Refused);
        refused.Reason.ShouldBe("Unknown call");
    }

    [Fact]
    public async Task A_request_is_sent_again_with_the_same_cookie_until_the_reply_comes()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client(
            options: new() { Again = TimeSpan.FromMilliseconds(1), Deadline = TimeSpan.FromMinutes(1) }
        );
        Task<RtpEngineReply> ping = client.PingAsync(TestContext.Current.CancellationToken);

        (string first, _, _) = await engine.NextAsync();
        (string second, _, IPEndPoint from) = await engine.NextAsync();
        engine.Reply(from, $"{second} d6:result4:ponge");

        second.ShouldBe(first);
        (await ping).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Silence_until_the_deadline_is_away()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client(
            options: new() { Again = TimeSpan.FromMilliseconds(1), Deadline = TimeSpan.FromMilliseconds(3) }
        );

        (await client.PingAsync(TestContext.Current.CancellationToken)).Fault.ShouldBe(RtpEngineFault.Away);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_away()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client();
        engine.Dispose();

        (await client.PingAsync(TestContext.Current.CancellationToken)).Fault.ShouldBe(RtpEngineFault.Away);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d3:sdp3:abce")]
    [InlineData("l2:oke")]
    [InlineData("d6:result2:ok")]
    public async Task A_reply_that_is_none_is_malformed(string reply)
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> ping = client.PingAsync(TestContext.Current.CancellationToken);

        (string cookie, _, IPEndPoint from) = await engine.NextAsync();
        engine.Reply(from, $"{cookie} {reply}");

        (await ping).Fault.ShouldBe(RtpEngineFault.Malformed);
    }

    [Fact]
    public async Task Replies_that_nobody_waits_for_and_rubbish_are_dropped()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> ping = client.PingAsync(TestContext.Current.CancellationToken);

        (string cookie, _, IPEndPoint from) = await engine.NextAsync();
        engine.Reply(from, "");
        engine.Reply(from, "d6:result2:oke");
        engine.Reply(from, $"{new string('0', cookie.Length)} d6:result5:errore");
        engine.Reply(from, $"{cookie} d6:result4:ponge");
        engine.Reply(from, $"{cookie} d6:result5:errore");

        (await ping).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reply_from_another_address_is_not_heard()
    {
        using FakeRtpEngine engine = new();
        using FakeRtpEngine stranger = new();
        using RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> ping = client.PingAsync(TestContext.Current.CancellationToken);

        (string cookie, _, IPEndPoint from) = await engine.NextAsync();
        stranger.Reply(from, $"{cookie} d6:result5:errore");
        engine.Reply(from, $"{cookie} d6:result4:ponge");

        (await ping).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task More_waiting_requests_than_the_limit_are_busy()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client(options: new() { MostWaiting = 1 });
        Task<RtpEngineReply> first = client.PingAsync(TestContext.Current.CancellationToken);
        (string cookie, _, IPEndPoint from) = await engine.NextAsync();

        (await client.PingAsync(TestContext.Current.CancellationToken)).Fault.ShouldBe(RtpEngineFault.Busy);
        engine.Reply(from, $"{cookie} d6:result4:ponge");
        (await first).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_ends_what_waits()
    {
        using FakeRtpEngine engine = new();
        RtpEngineClient client = engine.Client();
        Task<RtpEngineReply> ping = client.PingAsync(TestContext.Current.CancellationToken);
        await engine.NextAsync();

        client.Dispose();

        (await ping).Fault.ShouldBe(RtpEngineFault.Away);
        (await client.PingAsync(TestContext.Current.CancellationToken)).Fault.ShouldBe(RtpEngineFault.Away);
    }

    [Fact]
    public async Task Health_follows_what_the_pings_find()
    {
        using FakeRtpEngine engine = new();
        using RtpEngineClient client = engine.Client(options: new() { Deadline = TimeSpan.FromMinutes(1) });
        using SemaphoreSlim changed = new(0);
        bool last = false;
        await using RtpEngineHealth health = new(
            client,
            TimeSpan.FromMilliseconds(5),
            TimeProvider.System,
            isThere =>
            {
                last = isThere;
                changed.Release();
            }
        );
        health.IsThere.ShouldBeFalse();

        (string cookie, _, IPEndPoint from) = await engine.NextAsync();
        engine.Reply(from, $"{cookie} d6:result4:ponge");
        await changed.WaitAsync(TestContext.Current.CancellationToken);
        (last, health.IsThere).ShouldBe((true, true));

        string next = cookie;
        while (next == cookie)
        {
            // The first ping may have been sent twice.
            (next, _, from) = await engine.NextAsync();
        }

        engine.Reply(from, $"{next} d12:error-reason4:busy6:result5:errore");
        await changed.WaitAsync(TestContext.Current.CancellationToken);
        (last, health.IsThere).ShouldBe((false, false));
    }
}
