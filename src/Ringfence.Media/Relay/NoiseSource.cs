using Ringfence.Media.Codecs;

namespace Ringfence.Media.Relay;

/// <summary>The background that a silent far side describes by comfort noise, for a side that does not understand that.</summary>
internal sealed class NoiseSource(Random random)
{
    private readonly ComfortNoise _noise = new(random);

    /// <summary>Whether the far side is silent just now.</summary>
    public bool IsOn { get; private set; }

    public void Receive(ReadOnlySpan<byte> payload)
    {
        _noise.Receive(payload);
        IsOn = true;
    }

    public void End() => IsOn = false;

    public void Read(Span<short> samples) => _noise.Read(samples);
}
