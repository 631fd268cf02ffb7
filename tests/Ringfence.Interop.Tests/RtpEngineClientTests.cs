using System.Net;
using System.Net.Sockets;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.RtpEngine;
using Ringfence.Media.Sdp;

namespace Ringfence.Interop.Tests;

/// <summary>The ng client against rtpengine itself.</summary>
public sealed class RtpEngineClientTests
{
    private static readonly RtpEngineLeg Caller = new("early", "a", "b");
    private static readonly RtpEngineLeg Callee = new("early", "b");

    [Fact]
    public async Task Media_flows_is_blocked_and_flows_again_as_it_is_told()
    {
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        int port = FreePort.Next();
        using ForeignProgram program = await Peers.RtpEngine.StartAsync(folder, port);
        using RtpEngineClient client = Peers.RtpEngine.Client(port);
        using UdpClient caller = new(new IPEndPoint(IPAddress.Loopback, 0));
        using UdpClient callee = new(new IPEndPoint(IPAddress.Loopback, 0));

        RtpEngineReply offer = await client.OfferAsync(
            new("early", "a"),
            Sdp(caller),
            RtpEngineSide.Plain,
            TestContext.Current.CancellationToken
        );
        offer.IsDone.ShouldBeTrue(offer.Reason);
        RtpEngineReply answer = await client.AnswerAsync(
            Caller,
            Sdp(callee),
            RtpEngineSide.Plain,
            TestContext.Current.CancellationToken
        );
        answer.IsDone.ShouldBeTrue(answer.Reason);
        int forCallee = Port(offer);

        callee.Send(Packet(1), new IPEndPoint(IPAddress.Loopback, forCallee));
        (await NextAsync(caller, program))[12].ShouldBe((byte)1);

        (await client.BlockMediaAsync(Callee, TestContext.Current.CancellationToken)).IsDone.ShouldBeTrue();
        callee.Send(Packet(2), new IPEndPoint(IPAddress.Loopback, forCallee));
        await SeenAsync(client, 2);
        (await client.UnblockMediaAsync(Callee, TestContext.Current.CancellationToken)).IsDone.ShouldBeTrue();
        callee.Send(Packet(3), new IPEndPoint(IPAddress.Loopback, forCallee));
        (await NextAsync(caller, program))[12].ShouldBe((byte)3);

        (
            await client.DeleteAsync(new RtpEngineLeg("early", "a"), TestContext.Current.CancellationToken)
        ).IsDone.ShouldBeTrue();
        RtpEngineReply gone = await client.QueryAsync("early", TestContext.Current.CancellationToken);
        gone.Fault.ShouldBe(RtpEngineFault.Refused);
        gone.Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_browser_is_offered_what_it_needs_and_a_plain_neighbour_is_spared_it()
    {
        Peers.RtpEngine.Need();
        using TestFolder folder = new();
        int port = FreePort.Next();
        using ForeignProgram program = await Peers.RtpEngine.StartAsync(folder, port);
        using RtpEngineClient client = Peers.RtpEngine.Client(port);
        using UdpClient caller = new(new IPEndPoint(IPAddress.Loopback, 0));
        CancellationToken token = TestContext.Current.CancellationToken;

        RtpEngineReply forBrowser = await client.OfferAsync(new("web", "a"), Sdp(caller), RtpEngineSide.Browser, token);
        string sdp = forBrowser.Sdp.ShouldNotBeNull(forBrowser.Reason);
        RtpEngineReply forPlain = await client.OfferAsync(new("plain", "a"), sdp, RtpEngineSide.Plain, token);

        string plain = forPlain.Sdp.ShouldNotBeNull(forPlain.Reason);
        sdp.ShouldContain("UDP/TLS/RTP/SAVPF");
        sdp.ShouldContain("a=fingerprint:");
        sdp.ShouldContain("a=candidate:");
        sdp.ShouldContain("a=rtcp-mux");
        plain.ShouldContain("RTP/AVP ");
        plain.ShouldNotContain("a=candidate:");
        plain.ShouldNotContain("a=fingerprint:");
    }

    private static async Task SeenAsync(RtpEngineClient client, long packets)
    {
        for (int i = 0; i < 500; i++)
        {
            RtpEngineReply reply = await client.QueryAsync("early", TestContext.Current.CancellationToken);
            if (reply.Body?["totals"]?["RTP"]?["packets"]?.Number >= packets)
            {
                return;
            }
        }

        Assert.Fail($"rtpengine never saw {packets} packets");
    }

    private static async Task<byte[]> NextAsync(UdpClient socket, ForeignProgram program)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            return (await socket.ReceiveAsync(deadline.Token)).Buffer;
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"no packet came:\n{program.Output}");
            throw;
        }
    }

    private static int Port(RtpEngineReply reply) =>
        SdpParser.Parse(System.Text.Encoding.UTF8.GetBytes(reply.Sdp!)).Session!.Media[0].Port;

    private static byte[] Packet(byte number)
    {
        byte[] packet = new byte[12 + 160];
        packet[0] = 0x80;
        packet[3] = number;
        packet[7] = (byte)(number * 160 % 256);
        packet[11] = 7;
        packet.AsSpan(12).Fill(number);
        return packet;
    }

    private static string Sdp(UdpClient socket) =>
        $"""
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio {((IPEndPoint)socket.Client.LocalEndPoint!).Port} RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000

            """.ReplaceLineEndings("\r\n");
}
