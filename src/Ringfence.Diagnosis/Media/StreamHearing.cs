using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>What was to be heard in a stream, as far as its audio was kept.</summary>
public static class StreamHearing
{
    /// <summary>Samples a second of <see cref="Samples"/>.</summary>
    public const int SampleRate = 8_000;

    // Seconds that are listened to: of packets kept there are 30 without pauses.
    private const int Longest = 180;

    /// <summary>Tones, speech and silence in order; empty where the codec cannot be played here.</summary>
    /// <param name="stream">The stream.</param>
    public static IReadOnlyList<HeardSegment> Of(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.Heard ??= In(Samples(stream));
    }

    /// <summary>The audio that was kept, as 8000 samples a second; empty where the codec cannot be played here.</summary>
    public static short[] Samples(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var samples = new SampleBuffer();
        return InBuffer(stream, samples).ToArray();
    }

    /// <summary>Listens to streams for all that reports tell of them: each is read once, and every core listens.</summary>
    internal static void Listen(IEnumerable<RtpStream> streams) =>
        Parallel.ForEach(
            streams.Distinct().Where(stream => stream.Heard is null || stream.HeardDigits is null),
            stream =>
            {
                using var buffer = new SampleBuffer();
                var samples = InBuffer(stream, buffer);
                stream.Heard ??= In(samples);
                stream.HeardDigits ??= StreamDigits.In(samples, stream);
            }
        );

    private static ReadOnlySpan<short> InBuffer(RtpStream stream, SampleBuffer samples)
    {
        using var decoder = stream.HasAudio ? StreamDecoder.Of(stream) : null;
        if (decoder is null)
        {
            return [];
        }

        // A stream of few packets with long pauses between them would take any amount of memory.
        var room = Longest * decoder.SampleRate;
        SampleTaker keep = some => samples.Add(some[..Math.Min(some.Length, room - samples.All.Length)]);
        stream.ReadKept((in RtpHeader header, ReadOnlySpan<byte> payload) => decoder.Take(header, payload, 0, keep));
        decoder.Finish();
        return decoder.SampleRate == SampleRate
            ? samples.All
            : Resampler.Convert(samples.All, decoder.SampleRate, SampleRate);
    }

    private static IReadOnlyList<HeardSegment> In(ReadOnlySpan<short> samples) =>
        samples.IsEmpty ? [] : Listener.Analyse(samples, SampleRate);
}
