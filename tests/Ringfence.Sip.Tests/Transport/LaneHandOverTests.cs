using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Transport;

public class LaneHandOverTests
{
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
}
