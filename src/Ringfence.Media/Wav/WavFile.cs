using System.Buffers.Binary;
using Ringfence.Media.Codecs;

namespace Ringfence.Media.Wav;

/// <summary>
/// A WAV file as linear samples of one channel. Reads PCM of 8, 16 and 24 bit, A-law and µ-law, at 8, 16 and 48 kHz, one
/// or two channels (mixed to one); other chunks are passed over, and a data chunk that claims more than there is ends
/// with the file.
/// </summary>
public sealed class WavFile
{
    /// <summary>Longest file that is read: about an hour at 8 kHz, ten minutes at 48 kHz.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const ushort Pcm = 1;
    private const ushort ALawTag = 6;
    private const ushort MuLawTag = 7;
    private const ushort Extensible = 0xFFFE;

    private WavFile(int sampleRate, short[] samples)
    {
        SampleRate = sampleRate;
        Samples = samples;
    }

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; }

    /// <summary>The samples.</summary>
    public ReadOnlyMemory<short> Samples { get; }

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    /// <summary>Reads a file from its octets.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">The file, when there is no fault.</param>
    public static WavFault Read(ReadOnlySpan<byte> bytes, out WavFile? file)
    {
        file = null;
        if (bytes.Length > MaxBytes)
        {
            return WavFault.TooLong;
        }
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            return WavFault.NotWave;
        }
        var format = Chunk(bytes, "fmt "u8);
        if (format.Length < 16)
        {
            return WavFault.NoFormat;
        }
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == Extensible && format.Length >= 26)
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        }
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var isKnown = tag == Pcm ? bits is 8 or 16 or 24 : tag is ALawTag or MuLawTag && bits == 8;
        var fault =
            !isKnown ? WavFault.Encoding
            : rate is not (8000 or 16000 or 48000) ? WavFault.SampleRate
            : channels is not (1 or 2) ? WavFault.Channels
            : Find(bytes, "data"u8) < 0 ? WavFault.NoData
            : WavFault.None;
        if (fault == WavFault.None)
        {
            file = new WavFile((int)rate, Decode(Chunk(bytes, "data"u8), tag, bits, channels));
        }
        return fault;
    }

    private static int Find(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        long at = 12;
        while (at + 8 <= bytes.Length)
        {
            var chunk = bytes[(int)at..];
            if (chunk.StartsWith(name))
            {
                return (int)at;
            }
            // Chunks are padded to an even length; the pad octet is not counted.
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += 8 + length + (length & 1);
        }
        return -1;
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        var at = Find(bytes, name);
        if (at < 0)
        {
            return default;
        }
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
        var rest = bytes[(at + 8)..];
        return rest[..(int)Math.Min(length, (uint)rest.Length)];
    }

    private static short[] Decode(ReadOnlySpan<byte> data, ushort tag, int bits, int channels)
    {
        var width = bits / 8;
        var samples = new short[data.Length / (width * channels)];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0;
            for (var channel = 0; channel < channels; channel++)
            {
                sum += Sample(data[((i * channels + channel) * width)..], tag, bits);
            }
            samples[i] = (short)(sum / channels);
        }
        return samples;
    }

    private static short Sample(ReadOnlySpan<byte> data, ushort tag, int bits) =>
        tag switch
        {
            ALawTag => ALaw.Decode(data[0]),
            MuLawTag => MuLaw.Decode(data[0]),
            // 8 bit is unsigned, the wider ones are signed.
            _ => bits switch
            {
                8 => (short)((data[0] - 128) << 8),
                16 => BinaryPrimitives.ReadInt16LittleEndian(data),
                _ => BinaryPrimitives.ReadInt16LittleEndian(data[1..]),
            },
        };
}
