using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class UdpHostileTests
{
    [Fact]
    public async Task Keep_alives_and_STUN_are_dropped_and_counted_and_the_next_message_is_served()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        byte[] stun = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]];

        client.Send([], rig.Udp);
        client.Send([0x80], rig.Udp);
        client.Send("\r\n\r\n"u8, rig.Udp);
        client.Send("\0\0\0\0"u8, rig.Udp);
        client.Send(stun, rig.Udp);
        client.Send(Sample.Request(callId: "after"), rig.Udp);

        rig.Sink.NextCallId().ShouldBe("after");
        TransportCounters counters = rig.Transport.Count();
        counters.KeepAlives.ShouldBe(4);
        counters.Stun.ShouldBe(1);
        counters.DatagramsReceived.ShouldBe(6);
    }

    [Fact]
    public async Task Ten_thousand_random_datagrams_end_nothing()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        var random = new Random(607);
        byte[] sound = Sample.Request(callId: "mutated");
        for (int i = 0; i < 10_000; i++)
        {
            byte[] datagram = i % 2 == 0 ? new byte[random.Next(1400)] : (byte[])sound.Clone();
            if (i % 2 == 0)
            {
                random.NextBytes(datagram);
            }
            else
            {
                datagram[random.Next(datagram.Length)] = (byte)random.Next(256);
            }

            client.Send(datagram, rig.Udp);
            if (i % 100 == 99)
            {
                rig.Await(counters => counters.DatagramsReceived + counters.DatagramsOverflowed, i + 1);
            }
        }

        client.Send(Sample.Request(callId: "after"), rig.Udp);
        while (rig.Sink.NextCallId() != "after") { }

        rig.Transport.Count().Faults.ShouldBe(0);
        rig.Transport.Count().NotSip.ShouldBeGreaterThan(4_000);
    }

    [Fact]
    public async Task A_datagram_of_the_largest_size_is_received_whole()
    {
        await using var rig = new TransportRig(
            new SipTransportOptions
            {
                Listen = [],
                ParserLimits = new ParserLimits { Body = 65_000 },
            }
        );
        using UdpClient client = TransportRig.UdpClient();
        byte[] request = Sample.Request(body: new string('x', 64_000));

        client.Send(request, rig.Udp);

        rig.Sink.Next().Result.Message!.Bytes.SequenceEqual(request).ShouldBeTrue();
    }

    [Fact]
    public async Task Sending_to_a_closed_port_does_not_end_the_receiving()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        Peer closed;
        using (UdpClient gone = TransportRig.UdpClient())
        {
            closed = Peer.From(TransportKind.Udp, (IPEndPoint)gone.Client.LocalEndPoint!);
        }

        for (int i = 0; i < 20; i++)
        {
            rig.OnLane(wire => wire.Send(closed, Sample.Request())).ShouldBe(SendOutcome.Sent);
            client.Send(Sample.Request(callId: $"{i}"), rig.Udp);
            rig.Sink.NextCallId().ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task A_destination_that_the_system_refuses_is_a_value()
    {
        await using var rig = new TransportRig();
        Peer broadcast = Peer.From(TransportKind.Udp, IPEndPoint.Parse("255.255.255.255:5060"));

        rig.OnLane(wire => wire.Send(broadcast, Sample.Request())).ShouldBe(SendOutcome.Failed);
        rig.OnLane(wire => wire.Send(broadcast with { Port = 0 }, Sample.Request())).ShouldBe(SendOutcome.NoRoute);
        rig.Transport.Count().DatagramsFailed.ShouldBe(1);
    }

    [Fact]
    public async Task Malformed_responses_are_dropped_and_malformed_requests_are_brought_to_be_answered()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        byte[] response = Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n");
        byte[] request = Encoding.ASCII.GetBytes(
            Encoding.ASCII.GetString(Sample.Request()).Replace("CSeq: 314159", "CSeq: x", StringComparison.Ordinal)
        );

        client.Send(response, rig.Udp);
        client.Send(request, rig.Udp);

        ParseResult result = rig.Sink.Next().Result;
        result.Malformed.Fault.ShouldBe(Fault.CSeq);
        rig.Transport.Count().MalformedResponses.ShouldBe(1);
        rig.Transport.Count().MalformedRequests.ShouldBe(1);
    }

    [Fact]
    public async Task Drops_by_the_kernel_are_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says");
        await using var rig = new TransportRig();
        using var held = new HeldLane(rig.Transport.Lanes.Lanes[0]);
        using UdpClient client = TransportRig.UdpClient();
        byte[] large = RandomNumberGenerator.GetBytes(60_000);
        for (int i = 0; i < 400; i++)
        {
            client.Send(large, rig.Udp);
        }

        rig.Transport.Count().DatagramsOverflowed.ShouldBeGreaterThan(0);
    }
}
