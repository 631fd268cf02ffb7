using Ringfence.Media.Codecs;

namespace Ringfence.Media.Relay;

/// <summary>Brings samples to another rate and cuts them into packets of another length. Not thread-safe.</summary>
internal sealed class PacketFiller
{
    /// <summary>120 ms at 48 kHz.</summary>
    public const int MaxSamples = 5760;

    private short[] _pending = [];
    private short[] _resampled = [];
    private StreamResampler? _resampler;

    /// <summary>Samples that wait for a packet to be full.</summary>
    public int Pending { get; private set; }

    /// <summary>Another timeline begins.</summary>
    public void Clear()
    {
        Pending = 0;
        _resampler?.Reset();
    }

    /// <summary>Samples at another rate; what is given back holds until the next call.</summary>
    public ReadOnlySpan<short> Resample(ReadOnlySpan<short> samples, int from, int to)
    {
        if (from == to)
        {
            return samples;
        }
        if (_resampler is null || _resampler.From != from || _resampler.To != to)
        {
            _resampler = new StreamResampler(from, to);
            _resampled = new short[to * 12 / 100];
        }
        return _resampled.AsSpan(0, _resampler.Convert(samples, _resampled));
    }

    /// <summary>Samples in a packet: as long as was asked for, and no longer than a datagram takes.</summary>
    public static int LengthOf(int packetTime, IAudioCodec codec)
    {
        var most = codec switch
        {
            // 30 and 50 ms are no frames of Opus (RFC 6716 section 2.1.4).
            OpusCodec => packetTime is 30 or 50 ? packetTime - 10 : packetTime,
            L16Codec => Math.Max(10, RtpRelay.MaxPayload / 2 * 1000 / codec.SampleRate / 10 * 10),
            _ => packetTime,
        };
        return Math.Min(packetTime, most) * codec.SampleRate / 1000;
    }

    /// <summary>Takes samples until a packet is full; empty when they do not suffice.</summary>
    public ReadOnlySpan<short> Next(ref ReadOnlySpan<short> samples, int length)
    {
        // The length may have become shorter meanwhile.
        Pending = Pending < length ? Pending : 0;
        if (_pending.Length < length)
        {
            Array.Resize(ref _pending, length);
        }
        if (Pending == 0 && samples.Length >= length)
        {
            var whole = samples[..length];
            samples = samples[length..];
            return whole;
        }
        var count = Math.Min(samples.Length, length - Pending);
        samples[..count].CopyTo(_pending.AsSpan(Pending));
        samples = samples[count..];
        Pending += count;
        if (Pending < length)
        {
            return default;
        }
        Pending = 0;
        return _pending.AsSpan(0, length);
    }
}
