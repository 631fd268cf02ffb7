using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.Rtp;

public sealed class RtpReceiverTests
{
    private readonly RtpReceiver _receiver = new(8000);

    [Fact]
    public void A_stream_in_order_loses_nothing_across_the_wrap()
    {
        for (var i = 0; i < 200_000; i++)
        {
            Receive((ushort)(65000 + i)).ShouldBe(i == 0 ? RtpArrival.First : RtpArrival.InOrder);
        }
        _receiver.Lost.ShouldBe(0);
        _receiver.Expected.ShouldBe(200_000);
        _receiver.ExtendedHighest.ShouldBe(65000u + 199_999);
    }

    [Fact]
    public void A_late_packet_is_reordered_once_and_then_a_duplicate()
    {
        Receive(10);
        Receive(12).ShouldBe(RtpArrival.AfterGap);
        _receiver.Lost.ShouldBe(1);
        Receive(11).ShouldBe(RtpArrival.Reordered);
        _receiver.Lost.ShouldBe(0);
        Receive(11).ShouldBe(RtpArrival.Duplicate);
        Receive(12).ShouldBe(RtpArrival.Duplicate);
        (_receiver.Duplicates, _receiver.Reordered, _receiver.Received).ShouldBe((2, 1, 3));
    }

    [Fact]
    public void Order_is_kept_around_the_wrap()
    {
        Receive(65534);
        Receive(1).ShouldBe(RtpArrival.AfterGap);
        Receive(65535).ShouldBe(RtpArrival.Reordered);
        Receive(0).ShouldBe(RtpArrival.Reordered);
        _receiver.Lost.ShouldBe(0);
    }

    [Fact]
    public void One_wild_number_is_suspect_and_two_are_a_restart()
    {
        Receive(100);
        Receive(30000).ShouldBe(RtpArrival.Suspect);
        Receive(101).ShouldBe(RtpArrival.InOrder);
        Receive(40000).ShouldBe(RtpArrival.Suspect);
        Receive(40001).ShouldBe(RtpArrival.Restarted);
        Receive(40002).ShouldBe(RtpArrival.InOrder);
        _receiver.Expected.ShouldBe(4);
        _receiver.Lost.ShouldBe(0);
    }

    [Fact]
    public void Another_ssrc_begins_anew()
    {
        Receive(100);
        Receive(102);
        _receiver.Receive(new RtpHeader(0, false, 7, 0, 99), TimeSpan.Zero).ShouldBe(RtpArrival.First);
        _receiver.Ssrc.ShouldBe(99u);
        (_receiver.Received, _receiver.Lost).ShouldBe((1, 0));
    }

    [Fact]
    public void Even_arrival_has_no_jitter_even_when_silence_is_left_out()
    {
        for (var i = 0; i < 100; i++)
        {
            var at = i < 50 ? i : i + 500;
            Receive((ushort)i, (uint)(at * 160), TimeSpan.FromMilliseconds(20 * at));
        }
        _receiver.Jitter.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Jitter_follows_appendix_A8()
    {
        var expected = 0.0;
        for (var i = 0; i < 500; i++)
        {
            var late = i % 2 == 0 ? 0 : 4;
            Receive((ushort)i, (uint)(i * 160), TimeSpan.FromMilliseconds(20 * i + late));
            expected += i == 0 ? 0 : (32 - expected) / 16;
        }
        _receiver.Jitter.ShouldBe(expected, 0.5);
        _receiver.JitterTime.TotalMilliseconds.ShouldBe(4, 0.1);
    }

    private RtpArrival Receive(ushort sequence, uint timestamp = 0, TimeSpan arrived = default) =>
        _receiver.Receive(new RtpHeader(0, false, sequence, timestamp, 1), arrived);
}
