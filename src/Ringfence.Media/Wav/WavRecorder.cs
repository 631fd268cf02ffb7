using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ringfence.Media.Wav;

/// <summary>
/// Writes 16-bit PCM of one channel as it comes. The header is brought up to date once a second, so that a file whose
/// process dies is short of that at most. Not thread-safe.
/// </summary>
public sealed class WavRecorder : IDisposable
{
    private const int HeaderLength = 44;

    private readonly Stream _stream;
    private readonly int _sampleRate;
    private readonly long _maxData;
    private long _written;
    private long _inHeader;

    /// <summary>Starts a recording.</summary>
    /// <param name="stream">An empty stream that can seek; disposed of with the recorder.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="longest">What comes later than this is not recorded.</param>
    public WavRecorder(Stream stream, int sampleRate, TimeSpan longest)
    {
        _stream = stream;
        _sampleRate = sampleRate;
        // A RIFF length has 32 bits.
        _maxData = Math.Min((long)(longest.TotalSeconds * sampleRate) * 2, uint.MaxValue - HeaderLength);
        WriteHeader();
    }

    /// <summary>Length of what was recorded.</summary>
    public TimeSpan Recorded => TimeSpan.FromSeconds(_written / 2.0 / _sampleRate);

    /// <summary>Whether the longest time is reached and nothing more is recorded.</summary>
    public bool IsFull => _written >= _maxData;

    /// <summary>Adds samples.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        samples = samples[..(int)Math.Min(samples.Length, (_maxData - _written) / 2)];
        if (BitConverter.IsLittleEndian)
        {
            _stream.Write(MemoryMarshal.AsBytes(samples));
        }
        else
        {
            Span<byte> octets = stackalloc byte[2];
            foreach (var sample in samples)
            {
                BinaryPrimitives.WriteInt16LittleEndian(octets, sample);
                _stream.Write(octets);
            }
        }
        _written += 2L * samples.Length;
        if (_written - _inHeader >= 2L * _sampleRate)
        {
            WriteHeader();
        }
    }

    /// <summary>Completes the header and closes the stream.</summary>
    public void Dispose()
    {
        WriteHeader();
        _stream.Dispose();
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(HeaderLength - 8 + _written));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)_sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)_sampleRate * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)_written);
        _stream.Position = 0;
        _stream.Write(header);
        _stream.Seek(0, SeekOrigin.End);
        _stream.Flush();
        _inHeader = _written;
    }
}
