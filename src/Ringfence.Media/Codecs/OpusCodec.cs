namespace Ringfence.Media.Codecs;

/// <summary>
/// Opus (RFC 6716, RFC 7587) by libopus, one channel at 48 kHz; a stream of two channels is mixed down. Frames last 2.5, 5,
/// 10, 20, 40 or 60 ms. One instance encodes one stream and decodes another. Not thread-safe.
/// </summary>
public sealed class OpusCodec : IAudioCodec
{
    private readonly OpusEncoder _encoder;
    private readonly OpusDecoder _decoder;

    private OpusCodec(OpusEncoder encoder, OpusDecoder decoder)
    {
        _encoder = encoder;
        _decoder = decoder;
    }

    /// <summary>Why there is no Opus, and what to install; null where there is.</summary>
    public static string? WhyAbsent =>
        OpusLibrary.IsPresent ? null : "Opus needs the library libopus (Debian: apt-get install libopus0).";

    /// <inheritdoc/>
    public AudioFormat Format => AudioFormat.Opus;

    /// <inheritdoc/>
    public int SampleRate => 48_000;

    /// <summary>A codec, or null where libopus is not installed.</summary>
    public static OpusCodec? Open()
    {
        if (!OpusLibrary.IsPresent)
        {
            return null;
        }
        var encoder = OpusLibrary.CreateEncoder(48_000, 1, OpusLibrary.Voip, out _);
        var decoder = OpusLibrary.CreateDecoder(48_000, 1, out _);
        if (!encoder.IsInvalid && !decoder.IsInvalid)
        {
            return new OpusCodec(encoder, decoder);
        }
        // Only for want of memory.
        encoder.Dispose();
        decoder.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> samples, Span<byte> payload)
    {
        var octets = OpusLibrary.Encode(_encoder, samples, samples.Length, payload, payload.Length);
        return octets < 0 ? -1 : octets;
    }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        // An empty payload would mean to libopus that a packet was lost.
        var count = payload.IsEmpty
            ? 0
            : OpusLibrary.Decode(_decoder, payload, payload.Length, samples, samples.Length, decodeFec: 0);
        return Math.Max(0, count);
    }

    /// <inheritdoc/>
    public int Conceal(Span<short> samples)
    {
        // libopus makes up multiples of 2.5 ms, which all packets are.
        var count = OpusLibrary.Decode(_decoder, default, 0, samples, samples.Length, decodeFec: 0);
        return Math.Max(0, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
