namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>The damaged places, bounded: a wholly broken file would otherwise fill memory with its faults.</summary>
internal sealed class DamageLog
{
    private const int MaxEntries = 100;
    private readonly List<CaptureDamage> _entries = [];

    public IReadOnlyList<CaptureDamage> Entries => _entries;

    public void Add(int input, long offset, DamageKind kind)
    {
        if (_entries.Count < MaxEntries)
        {
            _entries.Add(new CaptureDamage(input, offset, kind));
        }
    }
}
