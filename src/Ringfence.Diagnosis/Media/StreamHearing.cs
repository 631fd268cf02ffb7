using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;

namespace Ringfence.Diagnosis.Media;

/// <summary>What was to be heard in a stream, as far as its audio was kept.</summary>
public static class StreamHearing
{
    private const int Frame = 160;

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
        return samples.Length == 0 ? [] : Listener.Analyse(samples, 8_000);
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

        var samples = new short[stream.Audio.Length];
        var written = 0;
        for (var rest = stream.Audio.Span; !rest.IsEmpty; rest = rest[Math.Min(Frame, rest.Length)..])
        {
            written += codec.Decode(rest[..Math.Min(Frame, rest.Length)], samples.AsSpan(written));
        }

        return samples[..written];
    }
}
