using Ringfence.Media.Relay;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Tones;

public sealed class RenderedToneTests
{
    [Theory]
    [InlineData("440+480/2000,0/4000", 8000)]
    [InlineData("400+450/400,0/200,400+450/400,0/2000", 16000)]
    [InlineData("1000/1000", 8000)]
    public void A_source_plays_what_the_generator_makes_whoever_played_it_before(string tone, int rate)
    {
        var cadence = ToneCadence.Parse(tone, -19)!;
        var whole = ToneGeneratorTests.Render(tone, -19, rate, 14);
        RenderedTone.Of(cadence, rate).ShouldNotBeNull();
        var (first, second) = (Source(cadence, rate), Source(cadence, rate));
        var random = new Random(3);
        var (one, two) = (new short[whole.Length], new short[whole.Length]);
        int at = 0;
        while (at < whole.Length)
        {
            // By turns one and the other is ahead.
            var length = Math.Min(random.Next(1, 2000), whole.Length - at);
            var order = random.Next(2) == 0;
            (order ? first : second).Read((order ? one : two).AsSpan(at, length));
            (order ? second : first).Read((order ? two : one).AsSpan(at, length));
            at += length;
        }
        // The oscillators of the generator go on; a step of theirs is rounded, so that a period later they are elsewhere by a trifle.
        two.SequenceEqual(one).ShouldBeTrue();
        one.Zip(whole, (kept, made) => Math.Abs(kept - made)).Max().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_tone_that_would_click_where_it_begins_anew_is_not_kept()
    {
        // 410.5 Hz is half way through its period after a second.
        var cadence = ToneCadence.Parse("410.5/1000", -10)!;
        RenderedTone.Of(cadence, 8000).ShouldBeNull();
        var samples = new short[24_000];
        Source(cadence, 8000).Read(samples).ShouldBeTrue();
        samples.ShouldBe(ToneGeneratorTests.Render("410.5/1000", -10, 8000, 3));
    }

    [Fact]
    public void A_tone_too_long_to_be_kept_is_played_all_the_same() =>
        RenderedTone.Of(ToneCadence.Parse("440/1000,0/60000", -10)!, 16_000).ShouldBeNull();

    [Fact]
    public void Every_ringback_is_kept_and_shared() =>
        TonePlan.Default.Countries.ShouldAllBe(country =>
            RenderedTone.Of(country.Ringback.Cadence, 8000) != null
            && RenderedTone.Of(country.Ringback.Cadence, 8000) == RenderedTone.Of(country.Ringback.Cadence, 8000)
        );

    private static ToneSource Source(ToneCadence cadence, int rate)
    {
        var source = new ToneSource(cadence);
        source.Start(rate);
        return source;
    }
}
