namespace Ringfence.Diagnosis.Capture.Files;

/// <summary>How many inputs may be read ahead at a time; the others are read when their bytes are asked for. For one thread.</summary>
internal sealed class ReadAheadRoom
{
    private const int Threads = 4;
    private int _free = Environment.ProcessorCount == 1 ? 0 : Threads;

    /// <summary>Takes a place, if one is free.</summary>
    public bool TryTake()
    {
        if (_free == 0)
        {
            return false;
        }

        _free--;
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void Return() => _free++;
}
