using Ringfence.Edge.Configuration;
using Ringfence.Media.Hearing;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>The application-server model (RFC 3959, RFC 3960 §4), measured from the packets of the caller's two sessions.</summary>
public sealed class EarlySessionTests
{
    private static readonly ToneCadence British = TonePlan.Default.ByCountry("GB")!.Ringback.Cadence;
    private static readonly ToneCadence Talk = ToneCadence.Continuous(1_000, -15);
    private static readonly EarlyMediaTrunkConfiguration Speaks = new() { SpeaksEarlySessions = true };

    [Fact]
    public async Task What_is_early_comes_over_the_early_session_and_the_session_begins_with_the_200()
    {
        await using EarlyWorld world = World();
        Handset early = world.EarlySession!;
        world.Invite();
        world.Responses[0].ShouldContain("multipart/mixed");
        world.Responses[0].ShouldContain("RSeq:");
        world.Run(6_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        world.Run(9_000);
        world.Alice.Received.ShouldBeEmpty();
        int before = early.Received.Count;
        int switched = early.FirstOf(world.Bob.Handset);
        world.Bob.Answer();
        world.Bob.Handset.Play(Talk);
        world.Run(2_000);

        world.Statuses.ShouldBe([183, 200]);
        world.ReceivedAtAnswer.ShouldBe(0);
        early.ShouldBeOneStream();
        early.Received.Count.ShouldBeInRange(before, before + 1);
        Ringback(early.Segments(to: switched), "FR", [1_500, 3_500]);
        Ringback(early.Segments(switched), "GB", [400, 200, 400]);
        world.Alice.ShouldBeOneStream();
        world.Alice.Received.Count.ShouldBeInRange(95, 101);
        world.Alice.Segments(3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(1_000, 10);
        world.Alice.Received[0].Header.Ssrc.ShouldNotBe(early.Received[0].Header.Ssrc);
        world.Setup.Journal.GateReason.ShouldStartWith("early session");

        // A short while after it the early session's ports are free again.
        world.Services.RtpPorts.InUse.ShouldBe(2);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("refused", "early session refused")]
    [InlineData("", "early session not answered")]
    [InlineData("nonsense", "early session answered with what cannot be used")]
    public async Task A_caller_that_wants_none_hears_everything_in_the_session(string answer, string reason)
    {
        await using EarlyWorld world = World();
        world.EarlyAnswer = answer == "refused" ? world.EarlySession!.Sdp(port: 0) : answer;
        world.Invite();
        world.Run(6_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        world.Run(9_000);
        world.Bob.Answer();
        world.Run(1_000);

        world.Statuses.ShouldBe([183, 200]);
        world.EarlySession!.Received.ShouldBeEmpty();
        world.Alice.ShouldBeOneStream();
        int switched = world.Alice.FirstOf(world.Bob.Handset);
        Ringback(world.Alice.Segments(to: switched), "FR", [1_500, 3_500]);
        Ringback(world.Alice.Segments(switched, switched + 450), "GB", [400, 200, 400]);
        world.Setup.Journal.GateReason.ShouldStartWith(reason);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_caller_or_a_trunk_without_it_gets_what_it_got_before(bool caller, bool trunk)
    {
        await using var world = new EarlyWorld(trunk: trunk ? Speaks : new())
        {
            EarlySession = caller ? new Handset(EarlyWorld.Pcmu, 0, 9) : null,
        };
        world.Invite();
        world.Run(2_000);
        world.Responses[0].ShouldContain("Content-Type: application/sdp");
        world.Responses[0].Contains("early-session", StringComparison.Ordinal).ShouldBe(trunk);
        world.Alice.Received.Count.ShouldBeGreaterThan(90);
        world.Services.RtpPorts.InUse.ShouldBe(2);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task What_the_caller_says_early_goes_by_the_early_session_as_far_as_it_is_authorized()
    {
        await using EarlyWorld world = World();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(British);
        world.Run(200);
        world.Alice.Play(Talk);
        world.Run(200);
        world.Bob.Handset.Received.ShouldBeEmpty();
        world.EarlySession!.Play(Talk);
        world.Run(200);
        world.Bob.Handset.Received.ShouldNotBeEmpty();
        world.Bob.Refuse(486);
        world.Run(100);
        world.Statuses.ShouldBe([183, 486]);
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_guard_that_stops_the_callers_early_media_stops_it_there_too()
    {
        await using EarlyWorld world = World(Speaks with { Authorize = EarlyDirections.Backward });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.EarlySession!.Play(Talk);
        world.Run(500);
        world.Bob.Handset.Received.ShouldBeEmpty();
        world.Bob.Answer();
        world.Alice.Play(Talk);
        world.Run(500);
        world.Bob.Handset.Received.ShouldNotBeEmpty();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task An_early_session_beside_SRTP_is_SRTP_under_a_key_of_its_own()
    {
        await using EarlyWorld world = World();
        SrtpMasterKey session = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180);
        SrtpMasterKey early = SrtpMasterKey.Create(SrtpSuite.AesCm128Sha180);
        world.EarlyAnswer = Secured(world.EarlySession!, early);
        world.Invite(Secured(world.Alice, session));
        using var opened = new SrtpContext(KeyOf(world.EarlyOffer));
        KeyOf(world.Responses[0]).ToCrypto(1).KeyParams.ShouldNotBe(KeyOf(world.EarlyOffer).ToCrypto(1).KeyParams);
        world.Run(500);
        world.EarlySession!.Datagrams.Count.ShouldBeGreaterThan(20);
        foreach (byte[] datagram in world.EarlySession.Datagrams)
        {
            opened.Unprotect(datagram, out _).ShouldBe(SrtpFault.None);
        }

        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task P_Early_Media_is_not_said_of_an_early_session()
    {
        await using EarlyWorld world = World(Speaks with { SpeaksPEarlyMedia = true });
        world.Invite(null, new HeaderField(HeaderId.PEarlyMedia, "supported"));
        world.Responses[0].ShouldNotContain("P-Early-Media");
        world.Bob.Progress(180);
        world.Run(20);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callees_early_session_is_heard_until_the_200()
    {
        await using EarlyWorld world = World();
        world.Bob.Early = new Handset(EarlyWorld.Pcma, 8, 10);
        world.Invite();
        world.Bob.Invite.ShouldContain("early-session");
        world.Bob.ProgressEarly();
        world.Run(20);
        SdpParser.Parse(System.Text.Encoding.ASCII.GetBytes(world.Bob.EarlyAnswer)).Session!.Audio!.Port.ShouldNotBe(0);
        world.Bob.Early.Play(ToneCadence.Continuous(500, -12));
        world.Run(1_000);
        int switched = world.EarlySession!.Received.Count - 40;
        world.EarlySession.Segments(switched).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Bob.Handset.Play(Talk);
        world.Bob.Answer();
        world.Run(1_000);

        world.Alice.Segments(3).ShouldHaveSingleItem().Frequencies[0].ShouldBe(1_000, 10);
        world.Alice.ShouldBeOneStream();
        world.EarlySession.ShouldBeOneStream();
        world.Run(1_200);
        world.Services.RtpPorts.InUse.ShouldBe(2);
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_callees_early_session_is_one_of_the_streams_that_the_gate_chooses_from()
    {
        await using EarlyWorld world = World();
        world.Route = [world.ForkAt];
        world.Bob.Early = new Handset(EarlyWorld.Pcmu, 0, 10);
        world.Invite();
        world.Run(20);
        world.Bob.ProgressEarly();
        world.Carol.Progress(183, world.Carol.Handset.Sdp());
        world.Run(20);
        world.Bob.Early.Play(ToneCadence.Continuous(500, -12));
        world.Run(100);
        world.Carol.Handset.Play(ToneCadence.Continuous(1_500, -12));
        world.Run(1_000);
        Handset heard = world.EarlySession!;
        heard.Segments(heard.Received.Count - 40).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Bob.Refuse(486);
        world.Run(1_000);
        heard.Segments(heard.Received.Count - 30).ShouldHaveSingleItem().Frequencies[0].ShouldBe(1_500, 20);
        heard.ShouldBeOneStream();
        world.Call.End();
        world.ShouldBeOver();
    }

    private static EarlyWorld World(EarlyMediaTrunkConfiguration? trunk = null) =>
        new(trunk: trunk ?? Speaks) { EarlySession = new Handset(EarlyWorld.Pcmu, 0, 9) };

    private static void Ringback(IReadOnlyList<HeardSegment> segments, string country, int[] cadence)
    {
        HeardSegment heard = segments[0];
        heard.Kind.ShouldBe(HeardKind.Ringback);
        heard.Countries.ShouldContain(country);
        for (int i = 0; i < cadence.Length; i++)
        {
            heard.Cadence[i].ShouldBeInRange(cadence[i] - 40, cadence[i] + 40, heard.ToString());
        }
    }

    private static string Secured(Handset handset, SrtpMasterKey key)
    {
        SdpCrypto crypto = key.ToCrypto(1);
        return handset
            .Sdp(more: $"a=crypto:1 {crypto.Suite} {crypto.KeyParams}\r\n")
            .Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal);
    }

    private static SrtpMasterKey KeyOf(string text)
    {
        string line = text.Split("a=crypto:")[1].Split("\r\n")[0];
        string[] fields = line.Split(' ');
        return SrtpMasterKey.Read(new SdpCrypto(1, fields[1], fields[2])).ShouldNotBeNull();
    }
}
