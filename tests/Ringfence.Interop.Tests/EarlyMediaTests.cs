using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;
using Ringfence.Media.Wav;

namespace Ringfence.Interop.Tests;

/// <summary>baresip calls SIPp through the running edge and hears SIPp's early media, as the WAV that baresip wrote shows.</summary>
public sealed class EarlyMediaTests
{
    private const int Tolerance = 40;

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    [InlineData("gate, media: rtpengine")]
    public async Task The_callees_early_media_is_heard_before_the_answer(string mode)
    {
        Sipp.Need();
        Baresip.Need();
        if (mode.EndsWith("rtpengine", StringComparison.Ordinal))
        {
            Peers.RtpEngine.Need();
        }

        using TestFolder folder = new();
        int edgePort = FreePort.Next();
        int calleePort = FreePort.Next();
        int ng = FreePort.Next();
        using ForeignProgram? rtpEngine = mode.EndsWith("rtpengine", StringComparison.Ordinal)
            ? await Peers.RtpEngine.StartAsync(folder, ng)
            : null;
        File.WriteAllBytes(folder.File("tone.ulaw"), Tone("GB", seconds: 3));
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            early-media: { ringback: fr }
            policy: [ { then: progress } ]
            {{(rtpEngine is null ? "" : $"rtpengine: {{ at: \"127.0.0.1:{ng}\" }}")}}
            """
        );
        using ForeignProgram callee = Sipp.Callee(folder, "uas_early", calleePort, calls: 1);
        using ForeignProgram caller = Baresip.Start(folder, FreePort.Next());
        await caller.SaysAsync("baresip is ready", TimeSpan.FromSeconds(20));
        caller.Type($"/dial sip:+33180001000@127.0.0.1:{edgePort}");
        await caller.SaysAsync("Call established", TimeSpan.FromSeconds(30));
        caller.Type("/hangup");
        (await callee.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, callee.Output + caller.Output);
        caller.Type("/quit");
        await caller.EndAsync(TimeSpan.FromSeconds(20));

        WavFile.Read(File.ReadAllBytes(Baresip.Heard(folder)), out WavFile? wav).ShouldBe(WavFault.None);
        IReadOnlyList<HeardSegment> heard = Listener.Analyse(wav!.Samples.Span, wav.SampleRate);
        HeardSegment ringback = heard
            .Where(segment => segment.Kind == HeardKind.Ringback)
            .MaxBy(segment => segment.End - segment.Start)!;
        ringback.Countries.ShouldContain("GB", string.Join('\n', heard));
        (ringback.End - ringback.Start).ShouldBeGreaterThan(TimeSpan.FromSeconds(6));
        int[] expected = [400, 200, 400, 2_000];
        ringback.Cadence.Count.ShouldBe(expected.Length);
        int turn = ringback.Cadence[1] > 1_000 ? 2 : 0;
        for (int i = 0; i < expected.Length; i++)
        {
            ringback
                .Cadence[(i + turn) % expected.Length]
                .ShouldBeInRange(expected[i] - Tolerance, expected[i] + Tolerance, ringback.ToString());
        }
    }

    [Fact]
    public async Task A_gateway_that_fails_after_its_183_is_followed_by_the_next_on_the_same_stream()
    {
        Sipp.Need();
        Baresip.Need();
        using TestFolder folder = new();
        int edgePort = FreePort.Next();
        int first = FreePort.Next();
        int second = FreePort.Next();
        File.WriteAllBytes(folder.File("tone.ulaw"), Tone("GB", seconds: 3));
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            edgePort,
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: gate } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{first}}", "sip:127.0.0.1:{{second}}" ] } ]
            early-media: { ringback: fr }
            policy: [ { then: progress } ]
            """
        );
        SippScript failing = new SippScript()
            .ExpectRequest("INVITE")
            .Reply("183 Session Progress", withSdp: true)
            .Pause(7_000)
            .Reply("503 Service Unavailable")
            .ExpectRequest("ACK");
        using SippRun gateway = await Sipp.CalleeAsync(folder, failing, first);
        using ForeignProgram callee = Sipp.Callee(folder, "uas_early", second, calls: 1);
        await FreePort.TakenAsync(second);
        using ForeignProgram caller = Baresip.Start(folder, FreePort.Next());
        await caller.SaysAsync("baresip is ready", TimeSpan.FromSeconds(20));
        caller.Type($"/dial sip:+33180001000@127.0.0.1:{edgePort}");
        await caller.SaysAsync("Call established", TimeSpan.FromSeconds(40));
        caller.Type("/hangup");
        (await callee.EndAsync(TimeSpan.FromSeconds(20))).ShouldBe(0, callee.Output + caller.Output);
        await gateway.SucceedsAsync(() => edge.Output);
        caller.Type("/quit");
        await caller.EndAsync(TimeSpan.FromSeconds(20));

        WavFile.Read(File.ReadAllBytes(Baresip.Heard(folder)), out WavFile? wav).ShouldBe(WavFault.None);
        IReadOnlyList<HeardSegment> heard = Listener.Analyse(wav!.Samples.Span, wav.SampleRate);
        HeardSegment[] rings = [.. heard.Where(segment => segment.Kind == HeardKind.Ringback)];
        rings.ShouldNotBeEmpty(string.Join('\n', heard));
        rings[0].Countries.ShouldContain("FR", string.Join('\n', heard));
        rings[^1].Countries.ShouldContain("GB", string.Join('\n', heard));
    }

    /// <summary>One period of a country's ringback, as SIPp plays it: raw µ-law.</summary>
    private static byte[] Tone(string country, int seconds)
    {
        short[] samples = new short[8_000 * seconds];
        new ToneGenerator(TonePlan.Default.ByCountry(country)!.Ringback.Cadence, 8_000).Read(samples);
        byte[] encoded = new byte[samples.Length];
        G711Codec.Mu.Encode(samples, encoded).ShouldBe(encoded.Length);
        return encoded;
    }
}
