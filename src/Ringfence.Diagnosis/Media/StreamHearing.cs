using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Media;

/// <summary>What was to be heard in a stream, as far as its audio was kept.</summary>
public static class StreamHearing
{
    private const int Frame = 160;
    private const int Rate = 8_000;

    /// <summary>Tones, speech and silence in order; empty where the codec cannot be played here.</summary>
    /// <param name="stream">The stream.</param>
    public static IReadOnlyList<HeardSegment> Of(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.Heard ??= Listen(stream);
    }

    private static IReadOnlyList<HeardSegment> Listen(RtpStream stream)
    {
        var samples = Samples(stream);
        return samples.Length == 0 ? [] : Listener.Analyse(samples, Rate);
    }

    /// <summary>The audio that was kept, as 8000 samples a second; empty where the codec cannot be played here.</summary>
    public static short[] Samples(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Audio.IsEmpty || AudioFormat.OfStatic(stream.AudioPayloadType) is not { } format)
        {
            return [];
        }

        using var codec = AudioCodecs.Create(format);
        if (codec is null)
        {
            return [];
        }

        // No encoding with a static type has more than two samples an octet.
        var samples = new short[2 * stream.Audio.Length];
        var decoded = new short[2 * Frame];
        var resampler = codec.SampleRate == Rate ? null : new StreamResampler(codec.SampleRate, Rate);
        var written = 0;
        for (var rest = stream.Audio.Span; !rest.IsEmpty; rest = rest[Math.Min(Frame, rest.Length)..])
        {
            var frame = decoded.AsSpan(0, codec.Decode(rest[..Math.Min(Frame, rest.Length)], decoded));
            var place = samples.AsSpan(written);
            written += resampler?.Convert(frame, place) ?? Copy(frame, place);
        }

        return samples[..written];
    }

    private static int Copy(ReadOnlySpan<short> samples, Span<short> to)
    {
        samples.CopyTo(to);
        return samples.Length;
    }
}
