namespace Ringfence.Diagnosis.Capture;

/// <summary>Numbers the records over all inputs, and remembers which inputs gave any.</summary>
internal sealed class MergeCount
{
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _linkTypes = [];
    private int _last = -1;

    public long Count { get; private set; }

    public long Next(int input)
    {
        if (input != _last)
        {
            _seen.Add(input);
            _last = input;
        }

        return ++Count;
    }

    public bool Seen(int input) => _seen.Contains(input);

    /// <summary>True the first time for an input: its link type is reported once.</summary>
    public bool ReportsLinkType(int input) => _linkTypes.Add(input);
}
