using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Media.Rtcp;
using Ringfence.Media.RtpEngine;
using Ringfence.Media.Sdp;
using Ringfence.Media.Srtp;

namespace Ringfence.Interop.Tests;

/// <summary>SRTP and SRTCP as made here, against rtpengine: it opens what is protected here, and the other way.</summary>
public sealed class SecuredMediaTests
{
    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(suite => suite.Name)];

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Media_and_reports_are_understood_under_keys_of_session_descriptions(string name)
    {
        Peers.RtpEngine.Need();
        CancellationToken token = TestContext.Current.CancellationToken;
        using TestFolder folder = new();
        int port = FreePort.Next();
        using ForeignProgram program = await Peers.RtpEngine.StartAsync(folder, port);
        using RtpEngineClient client = Peers.RtpEngine.Client(port);
        using var caller = new Telephone();
        using var callee = new Telephone();
        var ours = SrtpMasterKey.Create(SrtpSuite.Find(name)!);

        RtpEngineReply offer = await client.OfferAsync(
            new("secured", "a"),
            caller.Describe("RTP/SAVP", ours.ToCrypto(1)),
            RtpEngineSide.Plain,
            token
        );
        SessionDescription forCallee = Parse(offer);
        RtpEngineReply answer = await client.AnswerAsync(
            new("secured", "a", "b"),
            callee.Describe("RTP/AVP", null),
            RtpEngineSide.Plain with
            {
                Transport = "RTP/SAVP",
            },
            token
        );
        SessionDescription forCaller = Parse(answer);
        var theirs = SrtpMasterKey.Read(forCaller.Media[0].Crypto[0])!;
        theirs.Suite.Name.ShouldBe(name);

        using var sending = new SrtpContext(ours);
        using var reporting = new SrtcpContext(ours);
        using var receiving = new SrtpContext(theirs);
        using var reported = new SrtcpContext(theirs);

        byte[] packet = Packet();
        byte[] clear = packet[..172];
        caller.Rtp.Send(packet.AsSpan(0, sending.Protect(packet, 172)), At(forCaller.Media[0].Port));
        (await NextAsync(callee.Rtp, program)).ShouldBe(clear);

        byte[] report = new byte[200];
        int length = new RtcpPacket { Ssrc = 7, Name = "caller" }.Write(report);
        clear = report[..length];
        caller.Rtcp.Send(report.AsSpan(0, reporting.Protect(report, length)), At(ControlPort(forCaller)));
        (await NextAsync(callee.Rtcp, program)).ShouldBe(clear);

        callee.Rtp.Send(clear = Packet()[..172], At(forCallee.Media[0].Port));
        byte[] secured = await NextAsync(caller.Rtp, program);
        receiving.Unprotect(secured, out length).ShouldBe(SrtpFault.None);
        secured[..length].ShouldBe(clear);

        length = new RtcpPacket { Ssrc = 9, Name = "callee" }.Write(report);
        callee.Rtcp.Send(clear = report[..length], At(ControlPort(forCallee)));
        secured = await NextAsync(caller.Rtcp, program);
        reported.Unprotect(secured, out length).ShouldBe(SrtpFault.None);
        secured[..length].ShouldBe(clear);
        reported.Unprotect(secured, out _).ShouldNotBe(SrtpFault.None);
    }

    private static SessionDescription Parse(RtpEngineReply reply) =>
        SdpParser.Parse(Encoding.UTF8.GetBytes(reply.Sdp.ShouldNotBeNull(reply.Reason))).Session!;

    private static int ControlPort(SessionDescription description) =>
        description.Media[0].Rtcp?.Port ?? description.Media[0].Port + 1;

    private static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    /// <summary>A packet with room for a tag behind it.</summary>
    private static byte[] Packet()
    {
        byte[] packet = new byte[172 + 16];
        (packet[0], packet[3], packet[11]) = (0x80, 1, 7);
        packet.AsSpan(12, 160).Fill(0x2A);
        return packet;
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

    private sealed class Telephone : IDisposable
    {
        public UdpClient Rtp { get; } = new(At(0));

        public UdpClient Rtcp { get; } = new(At(0));

        public string Describe(string transport, SdpCrypto? key) =>
            $"""
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio {Port(Rtp)} {transport} 0
                a=rtpmap:0 PCMU/8000
                a=rtcp:{Port(Rtcp)}
                {(
                key is null ? "a=sendrecv" : $"a=crypto:{key.Tag} {key.Suite} {key.KeyParams}"
            )}

                """.ReplaceLineEndings(
                "\r\n"
            );

        public void Dispose()
        {
            Rtp.Dispose();
            Rtcp.Dispose();
        }

        private static int Port(UdpClient socket) => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
