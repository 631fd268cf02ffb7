using Ringfence.Media.Relay;

namespace Ringfence.Media.Tests.Relay;

/// <summary>Several streams from one address.</summary>
public sealed class StreamHoldTests
{
    private readonly StreamHold _hold = new();
    private TimeSpan _now;

    [Fact]
    public void A_change_of_stream_loses_no_packet()
    {
        Accepted(new(1, 0), 10).ShouldBe(10);
        Accepted(new(2, 0), 10).ShouldBe(10);
        Accepted(new(2, 8), 10).ShouldBe(10);
    }

    [Theory]
    [InlineData(2u, 0)]
    [InlineData(1u, 8)]
    public void Of_two_that_mix_the_first_goes_on_and_the_other_follows_when_it_has_stopped(uint ssrc, byte type)
    {
        Accepted(new(1, 0), 10);
        int first = 0;
        int other = 0;
        for (int i = 0; i < 50; i++)
        {
            other += Accepted(new(ssrc, type), 1);
            first += Accepted(new(1, 0), 1);
            _hold.IsReturn.ShouldBe(i == 0);
        }

        first.ShouldBe(50);
        // The first of all cannot be told from a change.
        other.ShouldBe(1);
        int late = Accepted(new(ssrc, type), 20);
        late.ShouldBeInRange(8, 11);
    }

    private int Accepted((uint Ssrc, byte Type) stream, int packets)
    {
        int accepted = 0;
        for (int i = 0; i < packets; i++, _now += TimeSpan.FromMilliseconds(20))
        {
            accepted += _hold.Accept(stream.Ssrc, stream.Type, _now) ? 1 : 0;
        }

        return accepted;
    }
}
