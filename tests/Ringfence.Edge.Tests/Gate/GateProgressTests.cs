using Ringfence.Edge.Configuration;
using Ringfence.Edge.Storage;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Hearing;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;
using Ringfence.Media.Wav;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>What a caller is told and may do before the answer, as its trunk and the guards want it.</summary>
public sealed class GateProgressTests
{
    private static readonly ToneCadence Tone = ToneCadence.Continuous(500, -12);

    [Theory]
    [InlineData(ProgressTranslation.Ringback, 180, "183 sdp")]
    [InlineData(ProgressTranslation.Pass, 180, "180")]
    [InlineData(ProgressTranslation.Ringing, 180, "180")]
    [InlineData(ProgressTranslation.Drop, 180, "")]
    [InlineData(ProgressTranslation.Ringback, 183, "183 sdp")]
    [InlineData(ProgressTranslation.Pass, 183, "183")]
    [InlineData(ProgressTranslation.Ringing, 183, "180")]
    [InlineData(ProgressTranslation.Drop, 183, "")]
    public async Task A_provisional_response_without_SDP_is_translated(ProgressTranslation to, int code, string told)
    {
        await using var world = Waiting(on180: to, onSilent183: to);
        world.Invite();
        world.Statuses.ShouldBeEmpty();
        world.Bob.Progress(code);
        world.Run(100);
        Told(world).ShouldBe(told);
        (world.Alice.Received.Count > 0).ShouldBe(to == ProgressTranslation.Ringback);
    }

    [Theory]
    [InlineData(ProgressTranslation.Pass, 183, "183 sdp")]
    [InlineData(ProgressTranslation.Pass, 180, "180 sdp")]
    [InlineData(ProgressTranslation.Ringback, 180, "183 sdp")]
    [InlineData(ProgressTranslation.Ringing, 183, "180")]
    [InlineData(ProgressTranslation.Drop, 183, "")]
    public async Task A_provisional_response_with_SDP_is_translated(ProgressTranslation to, int code, string told)
    {
        await using var world = Waiting(onMedia: to);
        world.Invite();
        world.Bob.Progress(code, world.Bob.Handset.Sdp());
        world.Run(100);
        Told(world).ShouldBe(told);
    }

    [Theory]
    [InlineData(ProgressTranslation.Ringback, "183 sdp")]
    [InlineData(ProgressTranslation.Pass, "187")]
    [InlineData(ProgressTranslation.Drop, "")]
    public async Task A_response_that_is_not_known_counts_as_183(ProgressTranslation to, string told)
    {
        await using var world = Waiting(on180: ProgressTranslation.Drop, onSilent183: to);
        world.Invite();
        world.Bob.Progress(187);
        world.Run(100);
        Told(world).ShouldBe(told);
    }

    [Fact]
    public async Task A_caller_without_an_offer_gets_one_in_the_reliable_183_and_hears_the_ringback_before_the_answer()
    {
        await using var world = new EarlyWorld { IsReliable = true };
        world.Invite("");
        world.Responses[0].ShouldContain("RSeq:");
        world.Run(2_000);
        world.Alice.Received.Count.ShouldBeGreaterThan(90);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(Tone);
        world.Run(1_000);
        world.Bob.Answer();
        world.Run(1_000);
        world.Alice.ShouldBeOneStream();
        world.Alice.Segments(world.Alice.Received.Count - 90).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        // What was agreed on in the PRACK is not said again.
        world.Responses[^1].ShouldStartWith("SIP/2.0 200 ");
        world.Responses[^1].ShouldContain("Content-Length: 0");
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task A_reliable_response_to_an_INVITE_without_an_offer_is_never_bodyless()
    {
        await using EarlyWorld world = Waiting(on180: ProgressTranslation.Ringing, isReliable: true);
        world.Invite("", new HeaderField(HeaderId.Require, "100rel"));
        world.Bob.Progress(180);
        world.Run(100);
        Told(world).ShouldBe("180 sdp");
        world.Bob.Handset.Play(Tone);
        world.Bob.Answer();
        world.Run(500);
        world.Alice.Received.ShouldNotBeEmpty();
        world.Call.End();
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Being_forwarded_and_queued_is_passed_on()
    {
        await using var world = Waiting();
        world.Invite();
        world.Bob.Progress(181);
        world.Bob.Progress(182);
        world.Run(100);
        Told(world).ShouldBe("181, 182");
    }

    [Theory]
    [InlineData("Q.850;cause=17", "", 486)]
    [InlineData("Q.850;cause=21;location=U", "", 603)]
    [InlineData("Q.850;cause=1", "q1912.5", 404)]
    [InlineData("Q.850;cause=34", "freeswitch", 503)]
    public async Task A_183_whose_Reason_says_that_the_call_failed_is_a_refusal(
        string reason,
        string causes,
        int status
    )
    {
        await using var world = Waiting(causes: causes.Length == 0 ? null : causes);
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp(), new HeaderField(HeaderId.Reason, reason));
        world.Run(100);
        world.Statuses.ShouldBe([status]);
        world.Responses[^1].ShouldContain(reason);
        world.Bob.End.ShouldBe(CallEnd.Cancelled);
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("rfc3398", 607, "Q.850;cause=21;location=U")]
    [InlineData("rfc3398", 608, "Q.850;cause=21;location=LN")]
    [InlineData("rfc3398", 486, "Q.850;cause=17;location=LN")]
    [InlineData("asterisk", 480, "Q.850;cause=19;location=LN")]
    [InlineData(null, 486, null)]
    public async Task A_refusal_gets_the_cause_of_the_trunks_profile(string? causes, int status, string? reason)
    {
        await using var world = Waiting(causes: causes);
        world.Invite();
        world.Bob.Refuse(status);
        world.Run(100);
        world.Statuses.ShouldBe([status]);
        world.Responses[0].Contains("Reason:", StringComparison.Ordinal).ShouldBe(reason is not null);
        world.Responses[0].ShouldContain(reason ?? "SIP/2.0");
    }

    [Theory]
    [InlineData("rfc3398", 503, "Q.850;cause=17", 486)]
    [InlineData("freeswitch", 500, "Q.850;cause=21", 603)]
    [InlineData("rfc3398", 480, "Q.850;cause=21;location=U", 603)]
    [InlineData("asterisk", 503, "Q.850;cause=1", 404)]
    // Unknown to the profile, or no cause of a failure.
    [InlineData("asterisk", 503, "Q.850;cause=23", 503)]
    [InlineData("rfc3398", 503, "Q.850;cause=99", 503)]
    [InlineData("rfc3398", 486, "Q.850;cause=16", 486)]
    // What was decided by the callee, and what only SIP knows, no cause changes.
    [InlineData("rfc3398", 607, "Q.850;cause=21", 607)]
    [InlineData("rfc3398", 438, "Q.850;cause=21", 438)]
    [InlineData(null, 503, "Q.850;cause=17", 503)]
    public async Task The_cause_of_a_refusal_makes_its_status_where_the_trunk_names_a_profile(
        string? causes,
        int status,
        string reason,
        int told
    )
    {
        await using var world = Waiting(causes: causes);
        world.Invite();
        world.Bob.Refuse(status, new HeaderField(HeaderId.Reason, reason));
        world.Run(100);
        world.Statuses.ShouldBe([told]);
        world.Responses[0].ShouldContain($"Reason: {reason}");
    }

    [Fact]
    public async Task P_Early_Media_is_asked_for_said_and_obeyed()
    {
        await using var world = new EarlyWorld(trunk: new() { SpeaksPEarlyMedia = true });
        world.Invite(null, new HeaderField(HeaderId.PEarlyMedia, "supported"));
        world.Bob.Invite.ShouldContain("P-Early-Media: supported");
        world.Responses[0].ShouldContain("P-Early-Media: sendrecv");
        world.Bob.Progress(183, world.Bob.Handset.Sdp(), new HeaderField(HeaderId.PEarlyMedia, "inactive"));
        world.Bob.Handset.Play(Tone);
        world.Run(1_000);
        ShouldNotHear(world);
        world.Bob.Progress(183, null, new HeaderField(HeaderId.PEarlyMedia, "sendonly"));
        int authorized = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(authorized + 2).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Alice.ShouldBeOneStream();
    }

    [Fact]
    public async Task Where_it_is_not_spoken_P_Early_Media_says_nothing()
    {
        await using var world = new EarlyWorld();
        world.Invite(null, new HeaderField(HeaderId.PEarlyMedia, "supported"));
        world.Bob.Invite.ShouldNotContain("P-Early-Media");
        world.Responses[0].ShouldNotContain("P-Early-Media");
        world.Bob.Progress(183, world.Bob.Handset.Sdp(), new HeaderField(HeaderId.PEarlyMedia, "inactive"));
        world.Bob.Handset.Play(Tone);
        int before = world.Alice.Received.Count;
        world.Run(1_000);
        world.Alice.Segments(before + 2).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
    }

    [Theory]
    [InlineData(EarlyDirections.Both, true, true)]
    [InlineData(EarlyDirections.Backward, true, false)]
    [InlineData(EarlyDirections.Forward, false, true)]
    [InlineData(EarlyDirections.None, false, false)]
    public async Task Only_what_is_authorized_flows_before_the_answer_and_all_after_it(
        EarlyDirections authorized,
        bool backward,
        bool forward
    )
    {
        await using var world = new EarlyWorld(trunk: new() { Authorize = authorized });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(Tone);
        world.Alice.Play(Tone);
        world.Run(1_000);
        (world.Bob.Handset.Received.Count > 0).ShouldBe(forward);
        Hears(world).ShouldBe(backward);
        world.Bob.Answer();
        int answered = world.Alice.Received.Count;
        int heard = world.Bob.Handset.Received.Count;
        world.Run(1_000);
        (world.Bob.Handset.Received.Count - heard).ShouldBeInRange(48, 51);
        world.Alice.Segments(answered + 2).ShouldHaveSingleItem().Frequencies[0].ShouldBe(500, 10);
        world.Alice.ShouldBeOneStream();
    }

    [Fact]
    public async Task A_call_that_is_early_for_too_long_ends_without_an_answer()
    {
        await using var world = new EarlyWorld(new EarlyMediaConfiguration { LongestMs = 5_000 });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Run(4_900);
        world.End.ShouldBeNull();
        world.Run(200);
        world.Statuses.ShouldBe([183, 480]);
        world.Bob.End.ShouldBe(CallEnd.Cancelled);
        world.Setup.Journal.GateReason.ShouldContain("early for longer than allowed");
        world.ShouldBeOver();
    }

    [Fact]
    public async Task Whoever_talks_both_ways_before_the_answer_is_cut_off()
    {
        await using var world = new EarlyWorld(new EarlyMediaConfiguration { BothWaysMs = 3_000 });
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(Tone);
        world.Run(2_000);
        world.Alice.Play(Tone);
        world.Run(8_000);
        world.Bob.Handset.Received.Count.ShouldBeInRange(140, 155);
        world.Bob.Answer();
        world.Run(1_000);
        world.Bob.Handset.Received.Count.ShouldBeInRange(185, 210);
    }

    [Fact]
    public async Task A_source_has_as_many_early_calls_as_it_may()
    {
        await using var world = new EarlyWorld(trunk: new() { CallsPerSource = 1 });
        world.Invite();
        world.Statuses.ShouldBe([183]);
        world.Invite();
        world.Run(100);
        world.Statuses.ShouldBe([183, 503]);
        world.Bob.Answer();
        world.Run(100);
        world.Invite();
        world.Statuses.ShouldBe([183, 503, 200, 183]);
    }

    [Theory]
    [InlineData(true, 50, 100)]
    [InlineData(false, 0, 49)]
    public void An_answer_with_ringback_in_it_is_likely_false(bool rings, int least, int most)
    {
        var watch = new FalseAnswerWatch(TimeSpan.FromSeconds(6), wasAlerted: true);
        var generator = new ToneGenerator(
            rings ? TonePlan.Default.ByCountry("GB")!.Ringback.Cadence : ToneCadence.Continuous(300, -20),
            8_000
        );
        var samples = new short[160];
        for (int i = 0; i < 450; i++)
        {
            generator.Read(samples);
            watch.Hear(samples, 8_000);
            watch.Pass(TimeSpan.FromMilliseconds(20));
        }

        watch.Score.ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task An_answer_without_any_media_is_judged_soon_and_the_record_says_how_the_media_was()
    {
        await using var world = new EarlyWorld(new EarlyMediaConfiguration { Ringback = "fr", JudgesAnswers = true });
        world.Invite();
        world.Alice.Play(Tone);
        world.Bob.Answer();
        world.Run(4_000);
        world.Call.End();
        world.Run(100);
        CallMedia media = world.Setup.Journal.Media;
        // Silence, an answer at once, no 180.
        media.FalseAnswer.ShouldBe(70);
        media.CallerMos.ShouldBeInRange(4.2, 4.41);
        media.CalleeMos.ShouldBe(0);
        media.CallerRoundTripMs.ShouldBe(-1);
        world.Setup.Journal.GateReason.ShouldContain("likely a false answer (70 of 100)");
        world.ShouldBeOver();
    }

    [Theory]
    [InlineData("+442079460123", "fr", 400, 450)]
    [InlineData("alice", "es;q=0.5, en-GB", 400, 450)]
    [InlineData("alice", "fr", 440, 440)]
    [InlineData("alice", "", 440, 480)]
    public async Task The_callers_own_ringback_is_that_of_its_number_else_of_its_language(
        string caller,
        string languages,
        int lowest,
        int highest
    )
    {
        await using var world = new EarlyWorld(new EarlyMediaConfiguration { Ringback = "caller" });
        world.Caller = caller;
        world.Invite(null, languages.Length == 0 ? [] : [new HeaderField(HeaderId.AcceptLanguage, languages)]);
        world.Run(3_000);
        HeardSegment heard = world.Alice.Segments(0).First(segment => segment.Kind != HeardKind.Silence);
        heard.Frequencies[0].ShouldBe(lowest, 8);
        heard.Frequencies[^1].ShouldBe(highest, 8);
    }

    [Fact]
    public async Task Early_media_is_recorded_until_the_answer()
    {
        string folder = Directory.CreateTempSubdirectory("early").FullName;
        var world = new EarlyWorld(new EarlyMediaConfiguration { Ringback = "fr", RecordTo = folder });
        world.Invite();
        world.Run(6_000);
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(Tone);
        world.Run(2_000);
        world.Bob.Answer();
        world.Run(3_000);
        string id = world.Setup.Journal.Id;
        await world.DisposeAsync();

        WavFile.Read(File.ReadAllBytes(Path.Combine(folder, $"{id}.wav")), out WavFile? wav).ShouldBe(WavFault.None);
        wav!.Duration.TotalSeconds.ShouldBe(8, 0.1);
        IReadOnlyList<HeardSegment> heard = Listener.Analyse(wav.Samples.Span, 8_000);
        heard[^1].Frequencies.ShouldHaveSingleItem().ShouldBe(500, 10);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Reports_name_this_sides_identities_only()
    {
        await using var world = new EarlyWorld();
        world.Invite();
        world.Bob.Progress(183, world.Bob.Handset.Sdp());
        world.Bob.Handset.Play(Tone);
        world.Alice.Play(Tone);
        world.Run(20_000);
        world.Alice.Reports.Count.ShouldBeGreaterThan(2);
        world.Bob.Handset.Reports.Count.ShouldBeGreaterThan(2);
        foreach (byte[] report in world.Alice.Reports)
        {
            ShouldNotHold(report, world.Bob.Handset.Ssrc);
            ShouldNotHold(report, world.Bob.Handset.Received[0].Header.Ssrc);
        }

        foreach (byte[] report in world.Bob.Handset.Reports)
        {
            ShouldNotHold(report, world.Alice.Ssrc);
            ShouldNotHold(report, world.Alice.Received[0].Header.Ssrc);
        }
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80")]
    [InlineData("AEAD_AES_256_GCM")]
    public async Task A_caller_that_offers_SRTP_is_answered_in_kind(string suite)
    {
        await using var world = new EarlyWorld();
        SrtpMasterKey key = SrtpMasterKey.Create(SrtpSuite.Find(suite)!);
        SdpCrypto line = key.ToCrypto(3);
        world.Invite(
            world
                .Alice.Sdp(more: $"a=crypto:{line.Tag} {line.Suite} {line.KeyParams}\r\n")
                .Replace("RTP/AVP", "RTP/SAVP", StringComparison.Ordinal)
        );
        world.Run(200);
        world.Responses[0].ShouldContain("RTP/SAVP");
        string crypto = world.Responses[0].Split("a=crypto:")[1].Split("\r\n")[0];
        string[] fields = crypto.Split(' ', 3);
        fields[..2].ShouldBe(["3", suite]);
        using var keys = new SrtpContext(SrtpMasterKey.Read(new SdpCrypto(3, fields[1], fields[2]))!);
        world.Alice.Datagrams.Count.ShouldBeGreaterThan(5);
        foreach (byte[] datagram in world.Alice.Datagrams)
        {
            keys.Unprotect(datagram, out int length).ShouldBe(SrtpFault.None);
            length.ShouldBe(172);
        }

        world.Bob.Invite.ShouldContain("RTP/AVP");
    }

    private static void ShouldNotHold(byte[] report, uint ssrc)
    {
        byte[] octets = [(byte)(ssrc >> 24), (byte)(ssrc >> 16), (byte)(ssrc >> 8), (byte)ssrc];
        report.AsSpan().IndexOf(octets).ShouldBe(-1);
    }

    private static bool Hears(EarlyWorld world) =>
        world.Alice.Segments().Any(segment => segment.Frequencies is [> 490 and < 510]);

    private static void ShouldNotHear(EarlyWorld world) => Hears(world).ShouldBeFalse();

    private static string Told(EarlyWorld world) =>
        string.Join(
            ", ",
            world.Statuses.Zip(
                world.Responses,
                (status, response) =>
                    response.Contains("m=audio", StringComparison.Ordinal) ? $"{status} sdp" : $"{status}"
            )
        );

    private static EarlyWorld Waiting(
        ProgressTranslation on180 = ProgressTranslation.Ringback,
        ProgressTranslation onMedia = ProgressTranslation.Pass,
        ProgressTranslation onSilent183 = ProgressTranslation.Ringback,
        string? causes = null,
        bool isReliable = false
    ) =>
        new(
            trunk: new()
            {
                AtOnce = false,
                On180 = on180,
                OnMedia = onMedia,
                OnSilent183 = onSilent183,
                Causes = causes,
            }
        )
        {
            IsReliable = isReliable,
        };
}
