using System.Buffers;

namespace Ringfence.Diagnosis.Media;

/// <summary>Samples as they come, in an array that is used again for the next stream.</summary>
internal sealed class SampleBuffer : IDisposable
{
    // Half a minute at 8 kHz: as much as is kept of most streams.
    private const int First = 1 << 18;

    private short[] _samples = ArrayPool<short>.Shared.Rent(First);
    private int _count;

    public ReadOnlySpan<short> All => _samples.AsSpan(0, _count);

    public void Add(ReadOnlySpan<short> samples)
    {
        if (_samples.Length - _count < samples.Length)
        {
            var larger = ArrayPool<short>.Shared.Rent(Math.Max(2 * _samples.Length, _count + samples.Length));
            All.CopyTo(larger);
            ArrayPool<short>.Shared.Return(_samples);
            _samples = larger;
        }

        samples.CopyTo(_samples.AsSpan(_count));
        _count += samples.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<short>.Shared.Return(_samples);
}
