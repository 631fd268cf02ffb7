using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Dtmf;
using Ringfence.Media.Rtp;
using Ringfence.Media.RtpEngine;
using Ringfence.Media.Sdp;

namespace Ringfence.Interop.Tests;

/// <summary>Digits (RFC 4733) across rtpengine itself: those that a telephone sends, and those that rtpengine is told to send.</summary>
public sealed class RtpEngineDigitTests
{
    private const byte Events = 101;

    [Fact]
    public async Task Digits_of_a_caller_behind_rtpengine_reach_a_callee_behind_rtpengine_once_each()
    {
        Sipp.Need();
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        (int ng, int calleePort) = (FreePort.Next(), FreePort.Next());
        using ForeignProgram engine = await Peers.RtpEngine.StartAsync(folder, ng);
        using RunningEdge edge = await RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: all, from: 127.0.0.1, mode: gate, media: rtpengine } ]
            rtpengine: { at: "127.0.0.1:{{ng}}" }
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{calleePort}}" ] } ]
            policy: [ { then: progress } ]
            """
        );
        using PacketRecorder calleeEar = new();
        using PacketRecorder callerEar = new();
        SippScript answers = new SippScript()
            .ExpectRequest("INVITE")
            .ReplyPlaying("200 OK", 0, $"{calleeEar.Port}", events: true)
            .ExpectRequest("ACK")
            .ExpectRequest("BYE")
            .Reply("200 OK", tag: false);
        using SippRun callee = await Sipp.CalleeAsync(folder, answers, calleePort);
        SippScript calls = new SippScript().InviteTo(callerEar.Port, events: true).MayRing().Expect(200, routes: true);
        using SippRun caller = Sipp.Caller(
            folder,
            calls.InDialog("ACK", 1).Pause(3_000).InDialog("BYE", 2).Expect(200),
            edge.Port,
            "+33180001000"
        );
        string description = (await caller.GotAsync("200")).Text;
        int port = int.Parse(
            description[(description.IndexOf("m=audio ", StringComparison.Ordinal) + 8)..].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture
        );
        await PressAsync(callerEar, port, "15#");
        await caller.SucceedsAsync(() => edge.Output + engine.Output);
        await callee.SucceedsAsync(() => edge.Output);

        Digits(calleeEar).ShouldBe("15#");
    }

    [Fact]
    public async Task A_digit_that_rtpengine_is_told_to_send_comes_as_an_event()
    {
        Peers.RtpEngine.Need();
        CancellationToken token = TestContext.Current.CancellationToken;
        using TestFolder folder = new();
        int ng = FreePort.Next();
        using ForeignProgram engine = await Peers.RtpEngine.StartAsync(folder, ng);
        using RtpEngineClient client = Peers.RtpEngine.Client(ng);
        using PacketRecorder caller = new();
        using PacketRecorder callee = new();
        RtpEngineSide side = RtpEngineSide.Plain with { Flags = ["inject-DTMF"] };
        RtpEngineReply offer = await client.OfferAsync(new("digits", "a"), Describe(caller.Port), side, token);
        offer.IsDone.ShouldBeTrue(offer.Reason);
        RtpEngineReply answer = await client.AnswerAsync(new("digits", "a", "b"), Describe(callee.Port), side, token);
        answer.IsDone.ShouldBeTrue(answer.Reason);
        int port = SdpParser.Parse(System.Text.Encoding.UTF8.GetBytes(answer.Sdp!)).Session!.Media[0].Port;

        // Into a stream that is there: events take the place of audio.
        Task talk = TalkAsync(caller, port, packets: 60);
        (await client.PlayDtmfAsync(new("digits", "a"), '7', 200, token)).IsDone.ShouldBeTrue(engine.Output);
        await talk;

        Digits(callee).ShouldBe("7");
    }

    private static async Task PressAsync(PacketRecorder from, int port, string digits)
    {
        RtpSender stream = new(new Random(3));
        await TalkAsync(from, port, 10, stream);
        byte[] datagram = new byte[TelephoneEventSender.PacketLength];
        foreach (char digit in digits)
        {
            TelephoneEventSender sender = new(stream, Events, 160);
            sender.Start(digit, 800);
            while (sender.IsSending)
            {
                sender.Write(datagram);
                from.Send(datagram, port);
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            await TalkAsync(from, port, 5, stream);
        }
    }

    private static async Task TalkAsync(PacketRecorder from, int port, int packets, RtpSender? stream = null)
    {
        stream ??= new RtpSender(new Random(3));
        byte[] datagram = new byte[RtpPacket.HeaderLength + 160];
        for (int i = 0; i < packets; i++)
        {
            stream.WriteAudio(datagram, 0, 160, 160);
            from.Send(datagram, port);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static string Digits(PacketRecorder ear)
    {
        TelephoneEventReceiver receiver = new();
        return string.Concat(
            ear.Packets.Where(packet => packet.Header.PayloadType == Events)
                .Select(packet => receiver.Receive(packet.Header, packet.Payload, default)?.Digit)
        );
    }

    private static string Describe(int port) =>
        $"""
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio {port} RTP/AVP 0 {Events}
            a=rtpmap:0 PCMU/8000
            a=rtpmap:{Events} telephone-event/8000

            """.ReplaceLineEndings("\r\n");
}
