namespace Ringfence.Media.Codecs;

/// <summary>The encodings that this library can encode and decode.</summary>
public static class AudioCodecs
{
    /// <summary>A codec for an encoding, or null when there is none here.</summary>
    public static IAudioCodec? Create(AudioFormat format) =>
        format == AudioFormat.Pcmu ? G711Codec.Mu
        : format == AudioFormat.Pcma ? G711Codec.A
        : null;
}
