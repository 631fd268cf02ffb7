using Ringfence.Media.Codecs;
using Ringfence.Media.EarlyMedia;
using Ringfence.Media.Prompts;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Tests.EarlyMedia;

public sealed class FalseAnswerWatchTests
{
    [Theory]
    [InlineData(1200)]
    [InlineData(1990)]
    [InlineData(2733)]
    public void Speech_that_is_played_over_and_over_is_likely_no_answer(int period)
    {
        var speech = Speech(seconds: 4);
        var loop = Enumerable.Range(0, 8 * 9000).Select(i => speech[i % (8 * period)]).ToArray();
        Score(loop).ShouldBe(60);
    }

    [Fact]
    public void Speech_that_goes_on_is_an_answer() => Score(Speech(seconds: 9)).ShouldBe(0);

    [Fact]
    public void The_same_word_said_twice_by_a_person_is_no_loop()
    {
        // As a person repeats himself: a little higher, a little louder, a little later.
        var speech = Speech(seconds: 4);
        var said = Enumerable
            .Range(0, 8 * 9000)
            .Select(i =>
            {
                var round = i / (8 * 1500);
                var at = i % (8 * 1500) * (1 + 0.02 * round);
                return (short)(speech[Math.Min(speech.Length - 1, (int)at)] * (0.7 + 0.05 * round));
            })
            .ToArray();
        Score(said).ShouldBe(0);
    }

    [Fact]
    public void Silence_counts_from_the_third_second_and_packets_need_not_come()
    {
        var watch = new FalseAnswerWatch(TimeSpan.FromSeconds(5), wasAlerted: true);
        for (var i = 0; i < 149; i++)
        {
            watch.Pass(MediaClock.Interval);
        }
        watch.Score.ShouldBe(-1);
        watch.Pass(MediaClock.Interval);
        watch.Score.ShouldBe(40);
    }

    [Theory]
    [InlineData(0, 1.0, 60)]
    [InlineData(140, 0.8, 60)]
    [InlineData(1_100, 1.2, 60)]
    [InlineData(2_300, 1.0, 60)]
    // What a telephone's line or room gives back is weaker than a loop.
    [InlineData(140, 0.2, 0)]
    public void A_callee_that_sends_the_callers_own_voice_back_is_none(int delay, double gain, int score)
    {
        var voice = Speech(seconds: 9);
        var echo = new short[voice.Length];
        for (var i = 8 * delay; i < echo.Length; i++)
        {
            echo[i] = (short)(gain * voice[i - 8 * delay]);
        }
        Score(echo, voice).ShouldBe(score);
        // A stream that begins only with the echo.
        Score(echo, voice, silentMs: delay).ShouldBe(score);
    }

    [Fact]
    public void Two_that_speak_at_once_or_in_turn_are_no_echo()
    {
        var all = Speech(seconds: 18);
        var (one, other) = (all[..(8 * 9000)], all[(8 * 9000)..]);
        Score(one, other).ShouldBe(0);
        var turns = Enumerable.Range(0, one.Length).Select(i => i / 16_000 % 2 == 0 ? one[i] : (short)0).ToArray();
        var others = Enumerable.Range(0, one.Length).Select(i => i / 16_000 % 2 == 1 ? other[i] : (short)0).ToArray();
        Score(turns, others).ShouldBe(0);
        // Both say the same word, each with its own voice.
        var higher = Enumerable.Range(0, one.Length).Select(i => one[(int)(i * 0.95)]).ToArray();
        Score(one, higher).ShouldBe(0);
    }

    private static int Score(short[] samples, short[] caller, int silentMs = 0)
    {
        var watch = new FalseAnswerWatch(TimeSpan.FromSeconds(5), wasAlerted: true);
        var coded = new byte[160];
        var frame = new short[160];
        for (var at = 0; at + 160 <= samples.Length; at += 160)
        {
            watch.HearCaller(caller.AsSpan(at, 160), 8_000);
            if (at >= 8 * silentMs)
            {
                MuLaw.Encode(samples.AsSpan(at, 160), coded);
                MuLaw.Decode(coded, frame);
                watch.Hear(frame, 8_000);
            }
            watch.Pass(MediaClock.Interval);
        }
        return watch.Score;
    }

    private static int Score(short[] samples)
    {
        var watch = new FalseAnswerWatch(TimeSpan.FromSeconds(5), wasAlerted: true);
        var coded = new byte[160];
        foreach (var frame in samples.Chunk(160))
        {
            ALaw.Encode(frame, coded);
            ALaw.Decode(coded, frame);
            watch.Hear(frame, 8_000);
            watch.Pass(MediaClock.Interval);
        }
        return watch.Score;
    }

    /// <summary>The prompts of four languages, one after another.</summary>
    private static short[] Speech(int seconds)
    {
        var samples = new short[seconds * 8_000];
        var at = 0;
        foreach (var language in new[] { "en", "fr", "es", "de" })
        {
            var source = new PhraseSource(PromptLibrary.Default.Say(language, "press-digits", "4711"));
            source.Start(8_000);
            var frame = new short[160];
            for (var goesOn = true; goesOn && at + 160 <= samples.Length; at += 160)
            {
                goesOn = source.Read(frame);
                frame.CopyTo(samples, at);
            }
        }
        at.ShouldBeGreaterThan(samples.Length - 160);
        return samples;
    }
}
