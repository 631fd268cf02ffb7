using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>
/// Turns the packets of one stream into samples: in the order in which they were sent, with silence where some are missing or nothing was
/// sent, so that the time of a sample is right.
/// </summary>
internal sealed class StreamDecoder : IDisposable
{
    // The longest that a packet of audio is (RFC 7587 §4.2), at the highest rate.
    private const int LongestPacket = 48_000 * 120 / 1_000;

    // A longer step of the timestamps is a source that began anew, unless numbers or clock say that it was silent.
    private const int LongestGap = 10;
    private const int LongestPause = 3_600;

    private readonly short[] _samples = new short[LongestPacket];
    private readonly Dictionary<byte, IAudioCodec> _codecs;
    private readonly StreamOrder _order;
    private readonly int _clockRate;
    private SampleTaker _take = static _ => { };
    private ushort _last;
    private uint _next;
    private long _begun;
    private long _played;
    private bool _started;

    private StreamDecoder(Dictionary<byte, IAudioCodec> codecs, int sampleRate, int clockRate)
    {
        (_codecs, SampleRate, _clockRate) = (codecs, sampleRate, clockRate);
        _order = new StreamOrder(Decode);
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>A decoder of a stream; null where the codec of most of its packets cannot be played here.</summary>
    public static StreamDecoder? Of(RtpStream stream)
    {
        if (stream.Format is not { } format || AudioCodecs.Create(format) is not { } codec)
        {
            return null;
        }

        var codecs = new Dictionary<byte, IAudioCodec> { [stream.PayloadType] = codec };
        foreach (var (type, _) in stream.PayloadTypes)
        {
            // A sender may change between the codecs that were agreed (RFC 3264 §5.1).
            if (
                type != stream.PayloadType
                && AudioFormat.OfStatic(type) is { } other
                && other.ClockRate == format.ClockRate
                && AudioCodecs.Create(other) is { } another
            )
            {
                codecs.Add(type, another);
            }
        }

        return new StreamDecoder(codecs, codec.SampleRate, format.ClockRate);
    }

    /// <summary>Whether there is anything that can play this encoding.</summary>
    public static bool Plays(AudioFormat format)
    {
        using var codec = AudioCodecs.Create(format);
        return codec is not null;
    }

    /// <summary>Takes a packet, and passes on the samples of what can be played by now.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="arrival">Nanoseconds since 1970; 0 where that is not known.</param>
    /// <param name="take">Takes the samples.</param>
    public void Take(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival, SampleTaker take)
    {
        _take = take;
        _order.Put(header, payload, arrival);
    }

    /// <summary>Passes on what waited for packets that did not come.</summary>
    public void Finish() => _order.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var codec in _codecs.Values)
        {
            codec.Dispose();
        }
    }

    private void Decode(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival)
    {
        var follows = (ushort)(header.Sequence - _last) == 1;
        _last = header.Sequence;
        if (!_codecs.TryGetValue(header.PayloadType, out var codec))
        {
            return;
        }

        if (!_started)
        {
            (_started, _begun) = (true, arrival);
        }
        else
        {
            var step = unchecked((int)(header.Timestamp - _next));
            if (step < 0 && step > -LongestGap * _clockRate)
            {
                // What it would have filled has passed.
                return;
            }

            Silence(Missing(step, arrival, follows));
        }

        var decoded = _samples.AsSpan(0, Math.Max(0, codec.Decode(payload, _samples)));
        var units = (long)decoded.Length * _clockRate / codec.SampleRate;
        Play(
            codec.SampleRate == SampleRate ? decoded : Resampler.Convert(decoded, codec.SampleRate, SampleRate),
            units
        );
        _next = header.Timestamp + (uint)units;
    }

    // How much was not sent or not captured before a packet, in units of the clock.
    private long Missing(int step, long arrival, bool follows)
    {
        if (arrival <= 0)
        {
            return step > 0 && step < (follows ? LongestPause : LongestGap) * (long)_clockRate ? step : 0;
        }

        // Timestamps are the sender's to choose: they never make more of a stream than the time that it took.
        var late = Late(arrival);
        var isAnew =
            Math.Abs((long)step) > LongestGap * (long)_clockRate && Math.Abs(step - late) > LongestGap * _clockRate;
        var missing = Math.Clamp(isAnew ? late : step, 0, Math.Max(0, late + (LongestGap * _clockRate)));
        if (missing <= LongestPause * (double)_clockRate)
        {
            return (long)missing;
        }

        // Longer than anybody is silent: a clock that was set, or another day.
        _begun = arrival - (long)(_played * 1e9 / _clockRate);
        return 0;
    }

    // By how much what was played is behind the clock of the capture.
    private double Late(long arrival) => ((arrival - _begun) / 1e9 * _clockRate) - _played;

    private void Play(ReadOnlySpan<short> samples, long units)
    {
        _take(samples);
        _played += units;
    }

    private void Silence(long units)
    {
        Array.Clear(_samples);
        for (var samples = units * SampleRate / _clockRate; samples > 0; samples -= _samples.Length)
        {
            _take(_samples.AsSpan(0, (int)Math.Min(samples, _samples.Length)));
        }

        _played += units;
    }
}
