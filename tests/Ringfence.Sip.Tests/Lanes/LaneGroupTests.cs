using System.Text;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Time;

namespace Ringfence.Sip.Tests.Lanes;

public class LaneGroupTests
{
    private static LaneGroup Group(int lanes, int seed = 1) =>
        new(lanes, new ManualClock(), i => LaneRandom.Seeded(seed + i));

    [Fact]
    public void A_call_id_always_falls_on_the_same_lane()
    {
        LaneGroup group = Group(8);

        int lane = group.LaneOf("a84b4c76e66710@pc33.atlanta.com"u8);

        group.LaneOf("a84b4c76e66710@pc33.atlanta.com"u8).ShouldBe(lane);
        group.Lanes[lane].Owns("a84b4c76e66710@pc33.atlanta.com"u8).ShouldBeTrue();
        group.Lanes[(lane + 1) % 8].Owns("a84b4c76e66710@pc33.atlanta.com"u8).ShouldBeFalse();
    }

    [Fact]
    public void Call_ids_spread_evenly()
    {
        LaneGroup group = Group(8);
        int[] perLane = new int[8];
        for (int i = 0; i < 80_000; i++)
        {
            perLane[group.LaneOf(Encoding.ASCII.GetBytes($"{i}@example.com"))]++;
        }

        perLane.ShouldAllBe(count => count > 9_500 && count < 10_500);
    }

    /// <summary>Strings that collide under the hash that Bernstein wrote for djb (×33) fall apart under a secret key.</summary>
    [Fact]
    public void Call_ids_made_to_collide_under_a_known_hash_spread_evenly_too()
    {
        LaneGroup group = Group(4);
        int[] perLane = new int[4];
        for (int i = 0; i < 16_384; i++)
        {
            // "Ez" and "FY" are the same under ×33, so each of these 2^14 strings has the same hash.
            var callId = new StringBuilder();
            for (int bit = 0; bit < 14; bit++)
            {
                callId.Append((i >> bit & 1) == 0 ? "Ez" : "FY");
            }

            perLane[group.LaneOf(Encoding.ASCII.GetBytes(callId.ToString()))]++;
        }

        perLane.ShouldAllBe(count => count > 3_700 && count < 4_500);
    }

    [Fact]
    public void A_second_leg_gets_a_call_id_that_falls_on_the_lane_of_the_first()
    {
        LaneGroup group = Group(16);
        Span<byte> callId = stackalloc byte[24];
        foreach (Lane lane in group.Lanes)
        {
            lane.FillCallId(callId);
            group.LaneOf(callId).ShouldBe(lane.Index);
        }
    }

    [Fact]
    public void A_lane_without_a_group_owns_every_call()
    {
        var lane = new Lane(0, new ManualClock(), LaneRandom.Seeded(1));

        lane.Owns("anything"u8).ShouldBeTrue();
    }

    [Fact]
    public void A_call_id_too_short_to_be_unique_is_refused()
    {
        Lane lane = Group(2).Lanes[0];

        Should.Throw<ArgumentOutOfRangeException>(() => lane.FillCallId(new byte[15]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void A_group_has_one_to_sixty_four_lanes(int lanes)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Group(lanes));
    }
}
