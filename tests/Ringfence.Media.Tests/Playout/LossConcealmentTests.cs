using Ringfence.Media.Codecs;
using Ringfence.Media.Playout;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Playout;

public sealed class LossConcealmentTests
{
    [Theory]
    [InlineData(8_000, 100)]
    [InlineData(8_000, 233)]
    [InlineData(16_000, 150)]
    [InlineData(48_000, 320)]
    public void A_pitch_goes_on_softer_and_softer_and_is_silent_after_60_ms(int sampleRate, double pitch)
    {
        var tone = new ToneGenerator(ToneCadence.Continuous(pitch, -10), sampleRate);
        var concealment = new LossConcealment(sampleRate);
        var (heard, truth) = (new short[sampleRate / 10], new short[sampleRate / 100]);
        tone.Read(heard);
        concealment.Receive(heard);
        var made = new short[sampleRate / 100];
        var levels = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            tone.Read(truth);
            concealment.Conceal(made);
            if (i == 0)
            {
                Level.Of(truth.Zip(made, (a, b) => (short)(a - b)).ToArray()).ShouldBeLessThan(-22);
            }
            levels.Add(Level.Of(made));
        }
        levels[0].ShouldBe(Level.Of(truth), 2.5);
        levels.ShouldBe(levels.OrderDescending());
        levels[3].ShouldBeInRange(-22, -12);
        levels[6].ShouldBe(Level.Silence);
    }

    [Fact]
    public void Before_anything_was_heard_silence_is_made_up()
    {
        var made = new short[160];
        new LossConcealment(8_000).Conceal(made);
        made.ShouldAllBe(sample => sample == 0);
    }

    [Fact]
    public void What_comes_again_is_joined_without_a_step()
    {
        var concealment = new LossConcealment(8_000);
        var tone = new ToneGenerator(ToneCadence.Continuous(200, -10), 8_000);
        var (before, lost, after) = (new short[800], new short[160], new short[160]);
        tone.Read(before);
        tone.Read(lost);
        tone.Read(after);
        concealment.Receive(before);
        concealment.Conceal(lost);
        concealment.Receive(after);
        var all = before.Concat(lost).Concat(after).ToArray();
        var steepest = all.Take(800).Zip(all.Skip(1), (a, b) => Math.Abs(a - b)).Max();
        all.Zip(all.Skip(1), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(2 * steepest);
    }
}
