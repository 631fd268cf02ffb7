namespace Ringfence.Media.Codecs;

/// <summary>
/// One direction-pair of an encoding: a stream keeps one instance, because most encodings remember what came before.
/// Not thread-safe.
/// </summary>
public interface IAudioCodec : IDisposable
{
    /// <summary>The encoding as SDP names it.</summary>
    AudioFormat Format { get; }

    /// <summary>Samples per second; not always the RTP clock (G.722).</summary>
    int SampleRate { get; }

    /// <summary>Encodes one frame.</summary>
    /// <param name="samples">Linear 16-bit samples, one channel.</param>
    /// <param name="payload">Where the payload goes.</param>
    /// <returns>Octets written, or -1 when <paramref name="payload"/> is too short for them.</returns>
    int Encode(ReadOnlySpan<short> samples, Span<byte> payload);

    /// <summary>Decodes the payload of one packet.</summary>
    /// <param name="payload">The payload, from a peer.</param>
    /// <param name="samples">Where the samples go; what does not fit is dropped.</param>
    /// <returns>Samples written; 0 when the payload cannot be decoded.</returns>
    int Decode(ReadOnlySpan<byte> payload, Span<short> samples);

    /// <summary>Makes up what a lost packet held, where the encoding has a way of its own to.</summary>
    /// <param name="samples">Filled whole.</param>
    /// <returns>Samples written; 0 where it has none, and whoever plays the stream has to.</returns>
    int Conceal(Span<short> samples) => 0;
}
