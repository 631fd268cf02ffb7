using Ringfence.Media.Codecs;

namespace Ringfence.Media.Tests.Codecs;

public sealed class L16AndComfortNoiseTests
{
    [Fact]
    public void L16_is_the_samples_in_network_order()
    {
        using var codec = new L16Codec(8000);
        var payload = new byte[6];
        codec.Encode([1, -2, 0x1234], payload).ShouldBe(6);
        payload.ShouldBe(new byte[] { 0, 1, 0xFF, 0xFE, 0x12, 0x34 });
        var samples = new short[3];
        codec.Decode(payload, samples).ShouldBe(3);
        samples.ShouldBe([1, -2, 0x1234]);
        codec.Encode([1, 2], new byte[3]).ShouldBe(-1);
        codec.Decode(new byte[5], samples).ShouldBe(2);
        codec.Decode(payload, new short[1]).ShouldBe(1);
        codec.Format.ShouldBe(new AudioFormat("L16", 8000));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(60)]
    public void Noise_is_as_loud_as_the_payload_says_and_says_so_again(byte level)
    {
        var noise = new ComfortNoise(new Random(6));
        // What follows the level is the spectrum.
        noise.Receive([level, 40, 200]);
        var samples = new short[16000];
        noise.Read(samples);
        ComfortNoise.PayloadOf(samples).ShouldBeInRange((byte)(level - 1), (byte)(level + 1));
    }

    [Fact]
    public void Without_a_level_it_is_silent_and_an_empty_payload_changes_nothing()
    {
        var noise = new ComfortNoise(new Random(6));
        var samples = new short[160];
        noise.Read(samples);
        samples.ShouldAllBe(sample => sample == 0);
        noise.Receive([]);
        noise.Read(samples);
        samples.ShouldAllBe(sample => sample == 0);
        noise.Receive([40]);
        noise.Receive([]);
        noise.Read(samples);
        samples.ShouldContain(sample => sample != 0);
        noise.Receive([127]);
        noise.Read(samples);
        samples.ShouldAllBe(sample => sample == 0);
    }

    [Fact]
    public void The_upper_bit_of_the_level_is_ignored_and_full_scale_is_not_exceeded()
    {
        ComfortNoise.LevelOf([0x80 | 30]).ShouldBe(-30);
        ComfortNoise.LevelOf([]).ShouldBeNull();
        ComfortNoise.PayloadOf(new short[160]).ShouldBeInRange((byte)96, (byte)127);
        ComfortNoise.PayloadOf([.. Enumerable.Repeat(short.MinValue, 160)]).ShouldBe((byte)0);
        var noise = new ComfortNoise(new Random(6));
        noise.Receive([0]);
        noise.Read(new short[1000]);
    }
}
