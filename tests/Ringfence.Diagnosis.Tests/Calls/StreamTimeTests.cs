using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Media;
using Ringfence.Diagnosis.Report;
using Ringfence.Diagnosis.Tests.Capture;
using Ringfence.Diagnosis.Tests.Findings;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;
using Ringfence.Media.Wav;

namespace Ringfence.Diagnosis.Tests.Calls;

/// <summary>Order, pauses and changes of codec in a stream: what is recorded has every packet at its time, and no more time than passed.</summary>
public sealed class StreamTimeTests
{
    private const int Frame = 160;

    [Fact]
    public void Packets_that_overtook_each_other_are_recorded_in_order()
    {
        int[] order = [0, 1, 3, 2, 4, 7, 5, 6, 8, 8, 9, 11, 10, 12, 13];
        var script = Talk(Script.Offer);
        foreach (var packet in order)
        {
            Send(script, packet, packet * Frame);
        }

        var trace = script.Trace();
        trace.Streams[0].Reordered.ShouldBe(4);
        var samples = Record(trace).Samples.Span;
        samples.Length.ShouldBe(14 * Frame);
        for (var at = 0; at < samples.Length; at++)
        {
            Math.Abs(samples[at] - Script.Sine(at, 440)).ShouldBeLessThan(300);
        }
    }

    [Fact]
    public void Another_of_the_agreed_codecs_in_the_middle_is_recorded_as_well()
    {
        var both = Script.Offer.Replace("RTP/AVP 8", "RTP/AVP 8 0 9", StringComparison.Ordinal);
        using var wide = new G722Codec();
        var script = Talk(both);
        for (var packet = 0; packet < 150; packet++)
        {
            Send(
                script,
                packet,
                packet * Frame,
                packet < 60 ? 8
                    : packet < 110 ? 0
                    : 9,
                wide
            );
        }

        var trace = script.Trace();
        var wav = Record(trace);
        wav.Duration.ShouldBe(TimeSpan.FromSeconds(3));
        StreamHearing.Of(trace.Streams[0]).Where(s => s.Kind == HeardKind.Silence).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void A_sender_that_sends_nothing_in_silence_has_lost_nothing_and_keeps_its_time(int pause)
    {
        var script = Talk(Script.Offer);
        for (var packet = 0; packet < 100; packet++)
        {
            Send(script, packet, (packet * Frame) + (packet < 50 ? 0 : pause * 8_000));
            script.Wait(packet == 49 ? pause : 0);
        }

        var trace = script.Trace();
        var stream = trace.Streams.ShouldHaveSingleItem();
        (stream.Lost, stream.LossBursts).ShouldBe((0, 0));
        stream.HighestJitter.ShouldBeLessThan(1);
        Record(trace).Duration.ShouldBe(TimeSpan.FromSeconds(2 + pause));
        StreamHearing.Samples(stream).Length.ShouldBe((2 + pause) * 8_000);
    }

    [Fact]
    public void A_source_that_begins_anew_takes_the_time_that_passed()
    {
        var script = Talk(Script.Offer);
        for (var packet = 0; packet < 100; packet++)
        {
            var anew = packet >= 50;
            Send(script, packet + (anew ? 30_000 : 0), (packet * Frame) + (anew ? 1_000_000_000 : 0));
            script.Wait(packet == 49 ? 2 : 0);
        }

        Record(script.Trace()).Duration.ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_clock_that_was_set_in_the_middle_is_no_pause()
    {
        var script = Talk(Script.Offer);
        for (var packet = 0; packet < 100; packet++)
        {
            Send(script, packet, packet * Frame);
            script.Wait(packet == 49 ? 400_000_000 : 0);
        }

        Record(script.Trace()).Duration.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Timestamps_that_run_away_do_not_fill_the_disk()
    {
        var script = Talk(Script.Offer);
        for (var packet = 0; packet < 200; packet++)
        {
            Send(script, packet, packet * 8_000 * 9);
        }

        var trace = script.Trace();
        Record(trace).Duration.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        StreamHearing.Samples(trace.Streams[0]).Length.ShouldBeLessThanOrEqualTo(180 * 8_000);
    }

    [Fact]
    public void What_came_twice_does_not_make_up_for_what_was_lost()
    {
        var stream = Talk(Script.Offer).Rtp(10, skip: 50).Rtp(0.2, from: 2).Trace().Streams[0];
        (stream.Lost, stream.Duplicates).ShouldBe((0, 10));
        MosEstimate.Of(stream)!.Value.LossPercent.ShouldBe(2, 0.01);
    }

    [Fact]
    public void A_codec_under_a_payload_type_of_its_own_choice_is_estimated_as_well()
    {
        var sdp = Script
            .Offer.Replace("AVP 8", "AVP 96", StringComparison.Ordinal)
            .Replace("rtpmap:8", "rtpmap:96", StringComparison.Ordinal);
        MosEstimate.Of(Talk(sdp).Rtp(4, type: 96).Trace().Streams[0])!.Value.Codec.ShouldBe("G.711");
    }

    [Theory]
    [InlineData("opus/48000/2", "telephone-event/48000", 4_800)]
    [InlineData("opus/48000/2", "telephone-event/8000", 800)]
    [InlineData("AMR-WB/16000", "telephone-event/16000", 1_600)]
    public void A_digit_lasts_as_long_as_the_clock_of_its_own_payload_type_says(string codec, string events, int units)
    {
        var script = Talk(Described(codec, events)).Rtp(1, type: 96, encode: _ => new byte[40]);
        var header = Header(101, 500, 1_000_000);
        var payload = Packets.Join([5, 0x8A], Packets.U16(units));
        var digit = script
            .Wait(1)
            .Datagram(toCaller: true, Packets.Join(header, payload))
            .Trace()
            .Calls[0]
            .Digits.ShouldHaveSingleItem();
        digit.Digit.ShouldBe('5');
        digit.Duration.TotalMilliseconds.ShouldBe(100, 0.001);
    }

    [Fact]
    public void Of_a_stream_whose_clock_was_not_known_while_it_passed_no_jitter_is_told()
    {
        var sdp = Described("opus/48000/2", "telephone-event/48000");
        var diagnosis = new Script()
            .Rtp(4, type: 96, step: 960, encode: _ => new byte[40])
            .Wait(4)
            .A("INVITE", sdp)
            .B(200, Script.Answer)
            .Diagnose();
        diagnosis.Trace.Calls[0].Streams.ShouldHaveSingleItem().HighestJitter.ShouldBeGreaterThan(50);
        using var text = new StringWriter();
        TextReport.Write(text, diagnosis, new ReportOptions { Width = 200 });
        text.ToString().ShouldContain("opus/48000/2  200 packets, 0 lost\n");
        diagnosis.Findings.ShouldNotContain(finding => finding.Id == "MD-06");
    }

    [Fact]
    public void Four_bytes_of_another_codec_are_no_digit()
    {
        var trace = Talk(Described("speex/8000", "telephone-event/8000"))
            .Rtp(2, type: 96, encode: i => [5, 10, 0, (byte)i])
            .Trace();
        trace.Calls[0].Digits.ShouldBeEmpty();
    }

    private static string Described(string codec, string events) =>
        Script
            .Offer.Replace("AVP 8", "AVP 96", StringComparison.Ordinal)
            .Replace("8 PCMA/8000", "96 " + codec, StringComparison.Ordinal)
            .Replace("telephone-event/8000", events, StringComparison.Ordinal);

    private static Script Talk(string sdp) =>
        new Script()
            .A("INVITE", sdp)
            .B(
                200,
                sdp.Replace(Script.AHost, Script.BHost, StringComparison.Ordinal)
                    .Replace("audio 4000", "audio 6000", StringComparison.Ordinal)
            )
            .A("ACK", tag: "b");

    // A packet every 20 ms: the script itself goes on by 100.
    private static void Send(Script script, int sequence, int timestamp, int type = 8, G722Codec? wide = null)
    {
        var first = sequence * Frame;
        var payload = new byte[Frame];
        if (type == 9)
        {
            wide!.Encode([.. Enumerable.Range(2 * first, 2 * Frame).Select(i => Script.Sine(i, 220))], payload);
        }
        else
        {
            using var codec = AudioCodecs.Create(type == 8 ? AudioFormat.Pcma : AudioFormat.Pcmu)!;
            codec.Encode([.. Enumerable.Range(first, Frame).Select(i => Script.Sine(i, 440))], payload);
        }

        script.Datagram(toCaller: true, Packets.Join(Header(type, sequence, timestamp), payload)).Wait(-0.08);
    }

    private static byte[] Header(int type, int sequence, int timestamp)
    {
        var header = new byte[RtpPacket.HeaderLength];
        RtpPacket.WriteHeader(header, new RtpHeader((byte)type, false, (ushort)sequence, (uint)timestamp, 7));
        return header;
    }

    private static WavFile Record(CallTrace trace)
    {
        var folder = Directory.CreateTempSubdirectory("streams").FullName;
        var name = StreamRecorder.Write(folder, trace, trace.Calls[0]).ShouldHaveSingleItem();
        WavFile.Read(File.ReadAllBytes(Path.Combine(folder, name)), out var wav).ShouldBe(WavFault.None);
        Directory.Delete(folder, recursive: true);
        return wav!;
    }
}
