using System.Text;
using Ringfence.Edge.Configuration;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>Callees whose trunk is offered SRTP: required (RFC 4568) or for whoever answers with keys (RFC 8643).</summary>
public sealed class SecuredCalleeTests
{
    private static readonly ToneCadence Tone = ToneCadence.Continuous(500, -12);
    private static readonly SrtpMasterKey BobsKey = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180);
    private static readonly SrtpMasterKey CarolsKey = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180);

    [Theory]
    [InlineData(MediaSecurity.Required, "RTP/SAVP")]
    [InlineData(MediaSecurity.Offered, "RTP/AVP")]
    public async Task Early_media_and_the_call_are_SRTP_towards_a_callee_with_keys(MediaSecurity terms, string protocol)
    {
        await using var world = new EarlyWorld(callees: terms);
        world.Invite();
        world.Bob.Invite.ShouldContain($" {protocol} 0 ");
        SrtpMasterKey edges = KeyOf(world.Bob.Invite);
        using SrtpContext protection = new(BobsKey);
        using SrtpContext opened = new(edges);
        world.Bob.Handset.Protection = protection;
        world.Bob.Progress(183, Secured(world.Bob, BobsKey, protocol));
        world.Bob.Handset.Play(Tone);
        int before = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(before + 3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);

        world.Bob.Answer(Secured(world.Bob, BobsKey, protocol));
        world.Alice.Play(Tone);
        world.Run(500);
        world.Alice.ShouldBeOneStream();
        world.Bob.Handset.Datagrams.Count.ShouldBeGreaterThan(15);
        foreach (byte[] datagram in world.Bob.Handset.Datagrams)
        {
            opened.Unprotect(datagram, out int length).ShouldBe(SrtpFault.None);
            RtpPacket.Read(datagram.AsSpan(0, length), out RtpPacket packet).ShouldBe(RtpFault.None);
            packet.Payload.Length.ShouldBe(160);
        }

        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_32")]
    [InlineData("AEAD_AES_128_GCM")]
    [InlineData("AEAD_AES_256_GCM")]
    public async Task The_callee_chooses_among_all_suites(string name)
    {
        await using var world = new EarlyWorld(callees: MediaSecurity.Required);
        world.Invite();
        SrtpSuite suite = SrtpSuite.Find(name)!;
        var key = SrtpMasterKey.Create(suite);
        using SrtpContext protection = new(key);
        using SrtpContext opened = new(KeyOf(world.Bob.Invite, suite));
        world.Bob.Handset.Protection = protection;
        world.Bob.Answer(Secured(world.Bob, key, "RTP/SAVP"));
        world.Bob.Handset.Play(Tone);
        world.Alice.Play(Tone);
        int before = world.Alice.Received.Count;
        world.Run(500);
        world.Alice.Segments(before + 3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Bob.Handset.Datagrams.Count.ShouldBeGreaterThan(15);
        foreach (byte[] datagram in world.Bob.Handset.Datagrams)
        {
            opened.Unprotect(datagram, out _).ShouldBe(SrtpFault.None);
        }

        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task What_is_not_authentic_is_not_heard_before_and_after_the_keys_are_known()
    {
        await using var world = new EarlyWorld(callees: MediaSecurity.Required);
        world.Invite();
        // Under a key that nobody has told yet, it would be noise.
        world.Bob.Handset.Play(Tone);
        world.Run(500);
        world.Services.MediaClock.Streams.ShouldBe(1);
        world.Bob.Progress(183, Secured(world.Bob, BobsKey, "RTP/SAVP"));
        world.Run(500);
        world.Bob.Progress(180);
        world.Run(1_000);
        // Nothing but ringback.
        world.Alice.Segments(0).ShouldAllBe(segment => segment.Frequencies.All(frequency => frequency < 460));
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Each_of_two_forks_has_its_own_key_and_the_answered_one_is_heard()
    {
        await using var world = new EarlyWorld(callees: MediaSecurity.Required, carol: EarlyWorld.Pcmu);
        world.Route = [world.ForkAt];
        world.Invite();
        using SrtpContext bobs = new(BobsKey);
        using SrtpContext carols = new(CarolsKey);
        (world.Bob.Handset.Protection, world.Carol.Handset.Protection) = (bobs, carols);
        world.Bob.Progress(183, Secured(world.Bob, BobsKey, "RTP/SAVP"));
        world.Carol.Progress(183, Secured(world.Carol, CarolsKey, "RTP/SAVP"));
        world.Bob.Handset.Play(Tone);
        world.Run(100);
        world.Carol.Handset.Play(ToneCadence.Continuous(900, -12));
        int before = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(before + 3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);

        world.Carol.Answer(Secured(world.Carol, CarolsKey, "RTP/SAVP"));
        world.Run(100);
        before = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(before).ShouldHaveSingleItem().Frequencies[0].ShouldBe(900, 10);
        world.Alice.ShouldBeOneStream();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Keys_that_are_offered_may_be_left_unanswered()
    {
        await using var world = new EarlyWorld(callees: MediaSecurity.Offered);
        world.Invite();
        world.Bob.Answer();
        world.Bob.Handset.Play(Tone);
        world.Alice.Play(Tone);
        int before = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(before + 3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Bob.Handset.Segments(3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callee_that_must_secure_its_media_and_does_not_is_not_joined()
    {
        await using var world = new EarlyWorld(callees: MediaSecurity.Required);
        world.Invite();
        world.Bob.Answer();
        world.Run(200);
        world.Statuses.ShouldAllBe(status => status < 200 || status >= 400);
        world.Bob.End.ShouldNotBeNull();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_caller_that_offers_keys_with_plain_RTP_gets_SRTP()
    {
        await using var world = new EarlyWorld();
        SrtpMasterKey key = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180);
        SdpCrypto line = key.ToCrypto(2);
        world.Invite(world.Alice.Sdp(more: $"a=crypto:{line.Tag} {line.Suite} {line.KeyParams}\r\n"));
        world.Responses[0].ShouldContain(" RTP/AVP 0");
        using SrtpContext opened = new(KeyOf(world.Responses[0]));
        using SrtpContext protection = new(key);
        world.Alice.Protection = protection;
        world.Alice.Play(Tone);
        world.Bob.Answer();
        world.Run(500);
        world.Bob.Handset.Segments(3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        foreach (byte[] datagram in world.Alice.Datagrams)
        {
            opened.Unprotect(datagram, out _).ShouldBe(SrtpFault.None);
        }

        world.Call.End();
        world.ShouldBeOver();
    }

    private static string Secured(Callee callee, SrtpMasterKey key, string protocol)
    {
        SdpCrypto line = key.ToCrypto(LineOf(callee.Invite, key.Suite).Tag);
        return callee
            .Handset.Sdp(more: $"a=crypto:{line.Tag} {line.Suite} {line.KeyParams}\r\n")
            .Replace("RTP/AVP", protocol, StringComparison.Ordinal);
    }

    private static SrtpMasterKey KeyOf(string message, SrtpSuite? suite = null) =>
        SrtpMasterKey.Read(LineOf(message, suite ?? SrtpSuite.AesCm128Sha180))!;

    private static SdpCrypto LineOf(string message, SrtpSuite suite)
    {
        byte[] body = Encoding.UTF8.GetBytes(message[message.IndexOf("v=0", StringComparison.Ordinal)..]);
        return SdpParser.Parse(body).Session!.Audio!.Crypto.Single(line => line.Suite == suite.Name);
    }
}
