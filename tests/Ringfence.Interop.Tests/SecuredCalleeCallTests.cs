using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Srtp;
using Ringfence.Media.Tones;
using Ringfence.Media.Wav;

namespace Ringfence.Interop.Tests;

/// <summary>Callees of others' making that are offered SRTP by the edge: baresip, and SIPp behind Kamailio and rtpengine.</summary>
public sealed class SecuredCalleeCallTests
{
    [Theory]
    [InlineData("require", "srtp-mand")]
    [InlineData("offer", "srtp")]
    public async Task Baresip_and_a_caller_without_SRTP_hear_each_other(string trunk, string phone)
    {
        Baresip.Need();
        using TestFolder folder = new();
        using TestFolder callees = new();
        (int calleePort, int edgePort) = (FreePort.Next(), FreePort.Next());
        using RunningEdge edge = await EdgeAsync(folder, edgePort, calleePort, trunk);
        using ForeignProgram callee = Baresip.Speaking(
            callees,
            calleePort,
            Wav(callees, 1_500),
            $";answermode=auto;mediaenc={phone}"
        );
        using ForeignProgram caller = Baresip.Speaking(folder, FreePort.Next(), Wav(folder, 500), "");
        await callee.SaysAsync("baresip is ready", TimeSpan.FromSeconds(20));
        await caller.SaysAsync("baresip is ready", TimeSpan.FromSeconds(20));
        caller.Type($"/dial sip:+33180001000@127.0.0.1:{edgePort}");
        await caller.SaysAsync("Call established", TimeSpan.FromSeconds(30));
        await Task.Delay(2_500, TestContext.Current.CancellationToken);
        caller.Type("/hangup");
        await callee.SaysAsync("session closed", TimeSpan.FromSeconds(20));
        foreach (ForeignProgram telephone in (ForeignProgram[])[caller, callee])
        {
            telephone.Type("/quit");
            await telephone.EndAsync(TimeSpan.FromSeconds(20));
        }

        callee.Output.ShouldContain("SRTP is Enabled (cryptosuite=AEAD_AES_256_GCM)");
        Heard(folder, 1_500).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5), caller.Output);
        Heard(callees, 500).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5), callee.Output);
    }

    [Theory]
    [InlineData("require", "AEAD_AES_128_GCM")]
    [InlineData("require", "AES_CM_128_HMAC_SHA1_32")]
    [InlineData("offer", "AES_CM_128_HMAC_SHA1_80")]
    public async Task Early_media_of_a_callee_behind_rtpengine_is_heard_under_the_suite_that_it_chose(
        string trunk,
        string suite
    )
    {
        Sipp.Need();
        ForeignProgram.Need("kamailio", "kamailio");
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        (int edgePort, int proxyPort, int calleePort, int ng) = (
            FreePort.Next(),
            FreePort.Next(),
            FreePort.Next(),
            FreePort.Next()
        );
        byte[] tone = new byte[24_000];
        G711Codec.Mu.Encode(Tone(1_500, 3), tone).ShouldBe(tone.Length);
        File.WriteAllBytes(folder.File("tone.ulaw"), tone);
        using RunningEdge edge = await EdgeAsync(folder, edgePort, proxyPort, trunk);
        using ForeignProgram engine = await Peers.RtpEngine.StartAsync(folder, ng, isWordy: true);
        using ForeignProgram proxy = await Kamailio.ForkAsync(
            folder,
            proxyPort,
            calleePort,
            null,
            ng,
            "RTP/AVP OSRTP-accept "
                + string.Join(' ', SrtpSuite.All.Where(all => all.Name != suite).Select(all => $"SDES-no-{all.Name}"))
        );
        using SippRun callee = await Sipp.CalleeAsync(
            folder,
            new SippScript()
                .ExpectRequest("INVITE")
                .ReplyPlaying("183 Session Progress", 0)
                .Play("tone.ulaw", 0)
                .Pause(2_500)
                .ReplyPlaying("200 OK", 0)
                .ExpectRequest("ACK")
                .ExpectRequest("BYE")
                .Reply("200 OK", tag: false),
            calleePort
        );
        using PacketRecorder ear = new();
        SippScript call = new SippScript().InviteTo(ear.Port).MayRing().Expect(200, routes: true);
        using SippRun caller = Sipp.Caller(
            folder,
            call.InDialog("ACK", 1).Pause(500).InDialog("BYE", 2).Expect(200),
            edgePort,
            "+33180001000"
        );
        await caller.SucceedsAsync(() => edge.Output + proxy.Output + engine.Output);
        await callee.SucceedsAsync(() => edge.Output);
        engine.Output[engine.Output.LastIndexOf("a=crypto:", StringComparison.Ordinal)..].Split(' ')[1].ShouldBe(suite);
        ear.ShouldBeOneStream(mayLose: true);
        int first = ear.Follows(tone, atLeast: 90);
        ear.Segments(first)
            .Where(segment => segment.Frequencies.Any(frequency => Math.Abs(frequency - 1_500) < 20))
            .ShouldNotBeEmpty();
    }

    private static Task<RunningEdge> EdgeAsync(TestFolder folder, int port, int callee, string srtp) =>
        RunningEdge.StartAsync(
            folder,
            port,
            $$"""
            trunks:
              - { name: secured, from: "127.0.0.1:{{callee}}", mode: gate, srtp: {{srtp}} }
              - { name: callers, from: 127.0.0.1, mode: gate }
            routes: [ { match: "*", to: [ "sip:+33199001234@127.0.0.1:{{callee}}" ] } ]
            early-media: { ringback: fr }
            policy: [ { then: progress } ]
            """
        );

    private static short[] Tone(int frequency, int seconds)
    {
        short[] samples = new short[8_000 * seconds];
        new ToneGenerator(ToneCadence.Continuous(frequency, -12), 8_000).Read(samples);
        return samples;
    }

    private static string Wav(TestFolder folder, int frequency)
    {
        using FileStream file = File.Create(folder.File("speaks.wav"));
        using WavRecorder wav = new(file, 8_000, TimeSpan.FromMinutes(1));
        wav.Write(Tone(frequency, 30));
        return folder.File("speaks.wav");
    }

    /// <summary>For how long a telephone heard a tone.</summary>
    private static TimeSpan Heard(TestFolder folder, double frequency)
    {
        WavFile.Read(File.ReadAllBytes(Baresip.Heard(folder)), out WavFile? wav).ShouldBe(WavFault.None);
        return Listener
            .Analyse(wav!.Samples.Span, wav.SampleRate)
            .Where(segment => segment.Frequencies.Any(heard => Math.Abs(heard - frequency) < 20))
            .Aggregate(TimeSpan.Zero, (sum, segment) => sum + (segment.End - segment.Start));
    }
}
