using System.Net;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class RtpPortRangeTests
{
    [Fact]
    public void Pairs_are_even_and_odd_distinct_bounded_and_come_back()
    {
        var range = new RtpPortRange(IPAddress.Loopback, 28001, 28010, new Random(1));
        range.Capacity.ShouldBe(4);
        var pairs = new List<RtpSocketPair>();
        while (range.Open() is { } pair)
        {
            pairs.Add(pair);
        }
        pairs.Count.ShouldBeLessThanOrEqualTo(4);
        pairs.ShouldAllBe(pair => pair.Rtp.LocalEndPoint.Port % 2 == 0);
        pairs.ShouldAllBe(pair => pair.Rtcp.LocalEndPoint.Port == pair.Rtp.LocalEndPoint.Port + 1);
        pairs.Select(pair => pair.Rtp.LocalEndPoint.Port).Distinct().Count().ShouldBe(pairs.Count);
        range.InUse.ShouldBe(pairs.Count);
        pairs.ForEach(pair => pair.Dispose());
        range.InUse.ShouldBe(0);
    }

    [Fact]
    public void A_port_is_used_again_as_late_as_possible()
    {
        var range = new RtpPortRange(IPAddress.Loopback, 28020, 28039, new Random(1));
        var ports = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var pair = range.Open()!;
            ports.Add(pair.Rtp.LocalEndPoint.Port);
        }
        ports.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void A_port_that_another_holds_is_passed_over()
    {
        var range = new RtpPortRange(IPAddress.Loopback, 28040, 28043, new Random(1));
        using var squatter = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 28041))!;
        using var pair = range.Open()!;
        pair.Rtp.LocalEndPoint.Port.ShouldBe(28042);
        range.Open().ShouldBeNull();
        range.InUse.ShouldBe(1);
    }

    [Fact]
    public void A_range_without_a_pair_is_a_programmers_error() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new RtpPortRange(IPAddress.Loopback, 28001, 28002, new Random(1))
        );

    [Fact]
    public void An_empty_datagram_does_not_stop_the_queue()
    {
        using var here = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        using var there = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        var to = here.LocalEndPoint.Serialize();
        here.Receive(new byte[10]).ShouldBe(-1);
        there.Send([], to).ShouldBeTrue();
        there.Send([1, 2, 3], to).ShouldBeTrue();
        var buffer = new byte[10];
        here.Receive(buffer).ShouldBe(0);
        here.Receive(buffer).ShouldBe(3);
        here.From.ToEndPoint().ShouldBe(there.LocalEndPoint);
        here.Receive(buffer).ShouldBe(-1);
    }

    [Fact]
    public void Receiving_and_sending_allocate_nothing()
    {
        using var here = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        using var there = RtpSocket.Open(new IPEndPoint(IPAddress.Loopback, 0))!;
        var to = here.LocalEndPoint.Serialize();
        var buffer = new byte[172];
        void Round()
        {
            there.Send(buffer, to);
            here.Receive(buffer);
            _ = here.From;
        }
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Round();
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
