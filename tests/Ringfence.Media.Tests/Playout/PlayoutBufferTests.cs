using Ringfence.Media.Codecs;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;
using Ringfence.Media.Tones;

namespace Ringfence.Media.Tests.Playout;

public sealed class PlayoutBufferTests
{
    private const int Frame = 160;

    private readonly PlayoutBuffer _playout = new();
    private readonly SortedList<(double At, int Number), (RtpHeader Header, byte[] Payload)> _network = [];
    private readonly List<short> _heard = [];
    private readonly List<double> _loudAt = [];
    private readonly ToneGenerator _tone = new(ToneCadence.Continuous(440, -10), 8000);
    private ushort _sequence = 65_400;
    private uint _timestamp = uint.MaxValue - 50_000;
    private double _now;
    private double _sent;
    private int _number;

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(60)]
    public void A_tone_over_a_network_with_jitter_and_disorder_is_heard_whole(int jitter)
    {
        var random = new Random(jitter);
        Send(1000, _ => random.NextDouble() * jitter);
        Play(20_000);
        _playout.Late.ShouldBeLessThan(10);
        // The delay is learnt in the first seconds; afterwards nothing is missed.
        _playout.ConcealedMs.ShouldBeLessThan(jitter == 0 ? 1 : 200);
        Steady(_heard.Skip(8000 * 3).Take(8000 * 15)).ShouldBeTrue();
        _playout.Delay.TotalMilliseconds.ShouldBeInRange(20, Math.Max(20, jitter + 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_lost_is_made_up_and_nothing_is_heard_twice_or_late(int seed)
    {
        var random = new Random(seed);
        var lost = 0;
        Send(1000, _ => random.NextDouble() < 0.05 && ++lost > 0 ? null : random.NextDouble() * 15);
        Play(20_500);
        lost.ShouldBeGreaterThan(30);
        // Two frames at the end stand for what never comes again.
        _playout.ConcealedMs.ShouldBeInRange(20 * lost - 40, 20 * lost + 200);
        _heard.Count.ShouldBeInRange(8 * 20_000 - 1000, 8 * 20_000 + 1000);
        Level.Of(_heard.ToArray()).ShouldBe(-10, 0.5);
    }

    [Fact]
    public void After_60_ms_without_packets_nothing_is_heard_and_the_next_talk_is_heard_from_its_first_packet()
    {
        Send(50, _ => 0);
        Play(2_000);
        var first = _heard.Count;
        first.ShouldBeInRange(50 * Frame, 53 * Frame);
        (_sent, _timestamp) = (2_000, _timestamp + 8_000);
        Send(50, _ => 0);
        Play(2_000);
        (_heard.Count - first).ShouldBeInRange(50 * Frame, 53 * Frame);
        Level.Of(_heard.Skip(first).Take(400).ToArray()).ShouldBe(-10, 0.5);
    }

    [Fact]
    public void When_the_network_calms_down_the_delay_shrinks_in_silence()
    {
        var random = new Random(4);
        Send(500, _ => random.NextDouble() * 120);
        Play(10_000);
        _playout.Delay.TotalMilliseconds.ShouldBeGreaterThan(80);
        Send(1000, _ => 0, silent: true);
        Play(20_000);
        _playout.Delay.TotalMilliseconds.ShouldBe(20);
        // What had waited was left out: the next word is heard soon after it came.
        var (said, before) = (_sent, _loudAt.Count);
        Send(10, _ => 0);
        Play(400);
        (_loudAt[before] - said).ShouldBeInRange(0, 60);
    }

    [Theory]
    [InlineData(0.995)]
    [InlineData(1.005)]
    public void A_sender_whose_clock_is_off_neither_piles_up_nor_runs_dry_for_long(double pace)
    {
        for (var i = 0; i < 3000; i++)
        {
            Send(1, _ => 0, interval: 20 * pace);
        }
        Play((int)(60_000 * pace));
        _playout.Late.ShouldBe(0);
        _playout.ConcealedMs.ShouldBeLessThan(1_000);
        _playout.Delay.TotalMilliseconds.ShouldBeLessThan(60);
        Level.Of(_heard.ToArray()).ShouldBe(-10, 0.5);
    }

    [Fact]
    public void Another_source_or_encoding_begins_anew()
    {
        Send(20, _ => 0);
        Play(100);
        _playout.Put(AudioFormat.Pcma, new RtpHeader(8, true, 7, 7, 99), new byte[Frame], At(_now));
        var frame = new short[Frame];
        _playout.Read(frame, At(_now)).ShouldBeFalse();
        _playout.Read(frame, At(_now + 40)).ShouldBeTrue();
    }

    [Fact]
    public void A_stream_under_way_allocates_nothing()
    {
        var random = new Random(8);
        Send(1_000, _ => random.NextDouble() < 0.05 ? null : random.NextDouble() * 50);
        var packets = _network.ToList();
        var frame = new short[Frame];
        var at = 0;
        long before = 0;
        for (var now = 0; now < 20_000; now += 20)
        {
            before = now == 1_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            for (; at < packets.Count && packets[at].Key.At <= now; at++)
            {
                _playout.Put(AudioFormat.Pcmu, packets[at].Value.Header, packets[at].Value.Payload, At(now));
            }
            _playout.Read(frame, At(now));
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500);
    }

    [Fact]
    public void Opus_makes_up_what_is_lost_by_itself()
    {
        Assert.SkipWhen(OpusCodec.WhyAbsent is not null, $"{OpusCodec.WhyAbsent}");
        using var encoder = OpusCodec.Open()!;
        var tone = new ToneGenerator(ToneCadence.Continuous(440, -10), 48_000);
        var (samples, payload, frame) = (new short[960], new byte[400], new short[960]);
        var heard = new List<short>();
        for (var i = 0; i < 100; i++)
        {
            tone.Read(samples);
            var octets = encoder.Encode(samples, payload);
            if (i % 20 != 10)
            {
                var header = new RtpHeader(96, false, (ushort)i, (uint)(960 * i), 1);
                _playout.Put(AudioFormat.Opus, header, payload.AsSpan(0, octets), At(20 * i));
            }
            if (_playout.Read(frame, At(20 * i)))
            {
                heard.AddRange(frame);
            }
        }
        _playout.SampleRate.ShouldBe(48_000);
        _playout.ConcealedMs.ShouldBe(100);
        Level.Of(heard.Skip(9_600).ToArray()).ShouldBe(-10, 1);
    }

    /// <summary>Packets go out every 20 ms and come as much later as the network wants; null loses one.</summary>
    private void Send(int count, Func<int, double?> delay, bool silent = false, double interval = 20)
    {
        var samples = new short[Frame];
        for (var i = 0; i < count; i++, _sequence++, _timestamp += Frame, _sent += interval)
        {
            _tone.Read(samples);
            var payload = new byte[Frame];
            G711Codec.Mu.Encode(silent ? new short[Frame] : samples, payload);
            if (delay(i) is { } late)
            {
                _network.Add((_sent + late, _number++), (new RtpHeader(0, false, _sequence, _timestamp, 1), payload));
            }
        }
    }

    private void Play(int milliseconds)
    {
        var frame = new short[Frame];
        for (var end = _now + milliseconds; _now < end; _now += 20)
        {
            while (_network.Count > 0 && _network.GetKeyAtIndex(0).At <= _now)
            {
                var (header, payload) = _network.GetValueAtIndex(0);
                _network.RemoveAt(0);
                _playout.Put(AudioFormat.Pcmu, header, payload, At(_now));
            }
            if (_playout.Read(frame, At(_now)))
            {
                _heard.AddRange(frame);
                if (Level.Of(frame) > -30)
                {
                    _loudAt.Add(_now);
                }
            }
        }
    }

    /// <summary>Whether a tone goes on without a step: no sample is far from what the two before it foretell.</summary>
    private static bool Steady(IEnumerable<short> samples)
    {
        var tone = samples.ToArray();
        var coefficient = 2 * Math.Cos(2 * Math.PI * 440 / 8000);
        for (var i = 2; i < tone.Length; i++)
        {
            if (Math.Abs(coefficient * tone[i - 1] - tone[i - 2] - tone[i]) > 1200)
            {
                return false;
            }
        }
        return tone.Length > 0;
    }

    private static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
