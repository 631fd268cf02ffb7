using System.Net;
using System.Net.Sockets;
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
        // Nothing but the call stands between the two readings: the first use of anything else allocates as well.
        (bool isFound, long allocated) = rig.OnLane(wire =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool found = wire.TryLocal(peer with { Address = peer.Address + 1 }, out _);
            return (found, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        isFound.ShouldBeTrue();
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
}
