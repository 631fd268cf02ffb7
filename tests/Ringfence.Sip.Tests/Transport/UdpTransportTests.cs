using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class UdpTransportTests
{
    [Fact]
    public async Task A_request_is_brought_to_the_sink_and_its_answer_leaves_by_the_same_listener()
    {
        await using var rig = new TransportRig(null, "udp:127.0.0.1:0", "udp:127.0.0.1:0", "udp:127.0.0.1:0");
        foreach (ListenAddress listen in rig.Transport.Listening)
        {
            using UdpClient client = TransportRig.UdpClient();
            client.Send(Sample.Request(), listen.EndPoint);

            (Peer from, ParseResult result) = rig.Sink.Next();
            result.IsSound.ShouldBeTrue();
            from.ShouldBe(Peer.From(TransportKind.Udp, (IPEndPoint)client.Client.LocalEndPoint!, from.Listener));
            rig.Answer(from, (SipRequest)result.Message!, 607).ShouldBe(SendOutcome.Sent);

            IPEndPoint? source = null;
            Encoding.ASCII.GetString(client.Receive(ref source)).ShouldStartWith("SIP/2.0 607 ");
            source.ShouldBe(listen.EndPoint);
        }
    }

    [Fact]
    public async Task IPv6_works_as_IPv4_does()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6 on this machine");
        await using var rig = new TransportRig(null, "udp:127.0.0.1:0", "udp:[::1]:0");
        using var client = new UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        client.Client.ReceiveTimeout = 20_000;
        client.Send(Sample.Request(), rig.Transport.Listening[1].EndPoint);

        (Peer from, ParseResult result) = rig.Sink.Next();
        from.IsIPv4.ShouldBeFalse();
        rig.Answer(from, (SipRequest)result.Message!, 200).ShouldBe(SendOutcome.Sent);

        TransportRig.Receive(client).ShouldStartWith("SIP/2.0 200 ");
    }

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
    public async Task A_peer_of_a_family_or_transport_without_listener_has_no_route()
    {
        await using var rig = new TransportRig(null, "udp:127.0.0.1:0");
        Peer v6 = Peer.From(TransportKind.Udp, IPEndPoint.Parse("[::1]:5060"));
        Peer tcp = Peer.From(TransportKind.Tcp, IPEndPoint.Parse("127.0.0.1:5060"));

        rig.OnLane(wire => wire.Send(v6, Sample.Request())).ShouldBe(SendOutcome.NoRoute);
        rig.OnLane(wire => wire.Send(tcp, Sample.Request())).ShouldBe(SendOutcome.NoRoute);
        rig.OnLane(wire => wire.TryLocal(v6, out _)).ShouldBeFalse();
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
    public async Task A_call_stays_on_its_lane_whatever_port_its_messages_come_from()
    {
        await using var rig = new TransportRig(new SipTransportOptions { Listen = [], Lanes = 4 });
        var lanes = new System.Collections.Concurrent.ConcurrentBag<(string CallId, string Thread)>();
        rig.Sink.Arriving = (_, result) => lanes.Add((Sample.CallId(result.Message!), Thread.CurrentThread.Name!));
        for (int sender = 0; sender < 10; sender++)
        {
            using UdpClient client = TransportRig.UdpClient();
            for (int call = 0; call < 20; call++)
            {
                client.Send(Sample.Request(callId: $"call-{call}"), rig.Udp);
            }

            for (int call = 0; call < 20; call++)
            {
                rig.Sink.Next();
            }
        }

        foreach (IGrouping<string, string> call in lanes.GroupBy(item => item.CallId, item => item.Thread))
        {
            int lane = rig.Transport.Lanes.LaneOf(Encoding.ASCII.GetBytes(call.Key));
            call.Distinct().ShouldBe([$"lane {lane}"]);
        }

        rig.Transport.Count().HandedOver.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_lane_without_room_has_requests_answered_503_by_the_lane_that_received_them()
    {
        await using var rig = new TransportRig(
            new SipTransportOptions
            {
                Listen = [],
                Lanes = 2,
                RingCapacity = 2,
            }
        );
        using var held = new HeldLane(rig.Transport.Lanes.Lanes[1]);
        string[] calls =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(i => $"call-{i}")
                .Where(id => rig.Transport.Lanes.LaneOf(Encoding.ASCII.GetBytes(id)) == 1)
                .Take(6),
        ];

        // The kernel gives some of these senders to lane 0; what it receives for lane 1 cannot be handed over.
        List<UdpClient> senders = [.. Enumerable.Range(0, 32).Select(_ => TransportRig.UdpClient())];
        foreach (UdpClient sender in senders)
        {
            foreach (string call in calls)
            {
                sender.Send(Sample.Request(callId: call), rig.Udp);
            }

            sender.Send(Sample.Request("ACK", calls[0]), rig.Udp);
            sender.Send(Sample.Response(callId: calls[0]), rig.Udp);
        }

        rig.Await(counters => counters.RefusedForRoom, 6);
        rig.Await(counters => counters.DroppedForRoom, 2);
        UdpClient refused = senders.First(sender => sender.Available > 0);
        string reply = TransportRig.Receive(refused);
        reply.ShouldStartWith("SIP/2.0 503 Service Unavailable\r\n");
        int port = ((IPEndPoint)refused.Client.LocalEndPoint!).Port;
        reply.ShouldContain($";rport={port}");
        reply.ShouldContain(";received=127.0.0.1");
        reply.ShouldContain("\r\nRetry-After: ");
        reply.ShouldContain("To: <sip:bob@example.com>;tag=");
        senders.ForEach(sender => sender.Dispose());
    }

    [Fact]
    public async Task Nothing_is_allocated_for_a_datagram_but_the_message()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        byte[] request = Sample.Request(body: new string('x', 1000));
        var allocated = new List<long>(64);
        rig.Sink.Arriving = (_, _) => allocated.Add(GC.GetAllocatedBytesForCurrentThread());
        SipParser.Parse(request, ParserLimits.Default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SipParser.Parse(request, ParserLimits.Default);
        long message = GC.GetAllocatedBytesForCurrentThread() - before;

        for (int i = 0; i < 50; i++)
        {
            client.Send(request, rig.Udp);
            rig.Sink.Next();
        }

        // Now and then the recording collection itself allocates a segment on the lane's thread.
        IEnumerable<long> perDatagram = allocated.Zip(allocated.Skip(1), (one, next) => next - one);
        perDatagram.Count(bytes => bytes == message).ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Nothing_is_allocated_to_send()
    {
        await using var rig = new TransportRig();
        using UdpClient client = TransportRig.UdpClient();
        Peer to = Peer.From(TransportKind.Udp, (IPEndPoint)client.Client.LocalEndPoint!);
        byte[] message = Sample.Response();

        long allocated = rig.OnLane(wire =>
        {
            wire.Send(to, message);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                wire.Send(to, message);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        allocated.ShouldBe(0);
    }

    [Fact]
    public async Task A_wildcard_listener_names_the_address_by_which_the_peer_is_reached()
    {
        await using var rig = new TransportRig(null, "udp:0.0.0.0:0");
        Peer peer = Peer.From(TransportKind.Udp, IPEndPoint.Parse("127.0.0.9:5060"));

        Peer local = rig.OnLane(wire => wire.TryLocal(peer, out Peer found) ? found : default);

        local.ToEndPoint().ShouldBe(new IPEndPoint(IPAddress.Loopback, rig.Udp.Port));
        long allocated = rig.OnLane(wire =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            wire.TryLocal(peer with { Address = peer.Address + 1 }, out _).ShouldBeTrue();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        allocated.ShouldBe(0, "a network that is known is not asked for again");
    }

    [Fact]
    public async Task An_advertised_address_takes_the_place_of_the_one_listened_on()
    {
        await using var rig = new TransportRig(
            new SipTransportOptions { Listen = [], Advertise = [IPAddress.Parse("203.0.113.5")] }
        );
        Peer peer = Peer.From(TransportKind.Udp, IPEndPoint.Parse("127.0.0.9:5060"));

        Peer local = rig.OnLane(wire => wire.TryLocal(peer, out Peer found) ? found : default);

        local.ToEndPoint().ShouldBe(new IPEndPoint(IPAddress.Parse("203.0.113.5"), rig.Udp.Port));
    }

    [Fact]
    public async Task A_port_that_another_process_has_is_refused_and_every_such_address_is_named()
    {
        using UdpClient taken = TransportRig.UdpClient();
        string address = $"udp:{taken.Client.LocalEndPoint}";
        foreach (int lanes in (int[])[1, 2])
        {
            var options = new SipTransportOptions
            {
                Listen = [TransportRig.Parse(address), TransportRig.Parse("udp:192.0.2.1:5060")],
                Lanes = lanes,
            };

            var error = Should.Throw<IOException>(() => SipTransport.Open(options, (_, _) => new RecordingSink()));

            error.Message.ShouldContain(address);
            error.Message.ShouldContain("udp:192.0.2.1:5060");
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_second_transport_cannot_join_the_shared_port_of_the_first()
    {
        await using var rig = new TransportRig(new SipTransportOptions { Listen = [], Lanes = 2 }, "udp:127.0.0.1:0");
        var options = new SipTransportOptions { Listen = [new ListenAddress(TransportKind.Udp, rig.Udp)], Lanes = 2 };

        Should.Throw<IOException>(() => SipTransport.Open(options, (_, _) => new RecordingSink()));
    }

    [Fact]
    public async Task A_timer_of_a_lane_is_called_while_the_transport_runs()
    {
        await using var rig = new TransportRig();
        using var called = new ManualResetEventSlim();

        rig.OnLane(_ =>
        {
            Lane lane = rig.Transport.Lanes.Lanes[0];
            lane.Timers.Arm(new Time.CallbackEntry((_, _) => called.Set()), 5);
            return true;
        });

        called.Wait(RecordingSink.Deadline, TestContext.Current.CancellationToken).ShouldBeTrue();
    }

    [Fact]
    public void Options_without_an_address_or_with_a_transport_that_is_not_served_are_refused()
    {
        Should.Throw<ArgumentException>(() =>
            SipTransport.Open(new SipTransportOptions { Listen = [] }, (_, _) => new RecordingSink())
        );
        Should.Throw<ArgumentException>(() =>
            SipTransport.Open(
                new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Tls, IPEndPoint.Parse("127.0.0.1:0"))],
                },
                (_, _) => new RecordingSink()
            )
        );
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
