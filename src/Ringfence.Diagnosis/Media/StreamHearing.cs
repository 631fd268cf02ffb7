using System.Runtime.InteropServices;
using Ringfence.Media.Codecs;
using Ringfence.Media.Hearing;
using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>What was to be heard in a stream, as far as its audio was kept.</summary>
public static class StreamHearing
{
    /// <summary>Samples a second of <see cref="Samples"/>.</summary>
    public const int SampleRate = 8_000;

    /// <summary>Tones, speech and silence in order; empty where the codec cannot be played here.</summary>
    /// <param name="stream">The stream.</param>
    public static IReadOnlyList<HeardSegment> Of(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.Heard ??= Listen(stream);
    }

    /// <summary>The audio that was kept, as 8000 samples a second; empty where the codec cannot be played here.</summary>
    public static short[] Samples(RtpStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var decoder = stream.HasAudio ? StreamDecoder.Of(stream) : null;
        if (decoder is null)
        {
            return [];
        }

        var samples = new List<short>();
        void Keep(ReadOnlySpan<short> some) => samples.AddRange(some);
        void Decode(in RtpHeader header, ReadOnlySpan<byte> payload) => decoder.Take(header, payload, Keep);
        stream.ReadKept(Decode);
        return Resampler.Convert(CollectionsMarshal.AsSpan(samples), decoder.SampleRate, SampleRate);
    }

    private static IReadOnlyList<HeardSegment> Listen(RtpStream stream)
    {
        var samples = Samples(stream);
        return samples.Length == 0 ? [] : Listener.Analyse(samples, SampleRate);
    }
}
