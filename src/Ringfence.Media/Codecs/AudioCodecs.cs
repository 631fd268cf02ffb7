namespace Ringfence.Media.Codecs;

/// <summary>The encodings that this library can encode and decode.</summary>
public static class AudioCodecs
{
    private const int LowestRate = 8000;
    private const int HighestRate = 48_000;

    /// <summary>
    /// A codec of its own for one stream, or null when there is none here: PCMU, PCMA, G722, L16 of one channel, and Opus where
    /// libopus is installed.
    /// </summary>
    public static IAudioCodec? Create(AudioFormat format) =>
        format == AudioFormat.Pcmu ? G711Codec.Mu
        : format == AudioFormat.Pcma ? G711Codec.A
        : format == AudioFormat.G722 ? new G722Codec()
        : format == AudioFormat.Opus ? OpusCodec.Open()
        : IsLinear(format) ? new L16Codec(format.ClockRate)
        : null;

    /// <summary>Why there is no codec for an encoding, and what to install; null where there is one.</summary>
    public static string? WhyAbsent(AudioFormat format) =>
        format == AudioFormat.Opus ? OpusCodec.WhyAbsent
        : format == AudioFormat.Pcmu || format == AudioFormat.Pcma || format == AudioFormat.G722 || IsLinear(format)
            ? null
        : $"{format} can be passed on, but not made or understood here.";

    private static bool IsLinear(AudioFormat format) =>
        format.IsNamed("L16") && format is { Channels: 1, ClockRate: >= LowestRate and <= HighestRate };
}
