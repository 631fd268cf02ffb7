using System.Security.Cryptography;

namespace Ringfence.Edge.Web.Diagnose;

/// <summary>
/// Holds diagnoses for their readers, each under an id that nobody can guess. Few, for a quarter of an hour, and bounded in size: the oldest
/// goes first. Safe for use by many threads.
/// </summary>
internal sealed class DiagnosisShelf(TimeProvider clock)
{
    private const int MaxHeld = 16;
    private const long MaxSize = 256L << 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Id, long At, HeldDiagnosis Held)> _shelf = new();

    /// <summary>Puts one in; returns its id.</summary>
    internal string Add(HeldDiagnosis held)
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_lock)
        {
            _shelf.AddLast((id, clock.GetTimestamp(), held));
            while (_shelf.Count > 1 && (_shelf.Count > MaxHeld || _shelf.Sum(one => one.Held.Size) > MaxSize))
            {
                _shelf.RemoveFirst();
            }
        }

        return id;
    }

    /// <summary>The diagnosis, or null where there is none any more.</summary>
    internal HeldDiagnosis? Find(string id)
    {
        lock (_lock)
        {
            Sweep();
            return _shelf.FirstOrDefault(one => one.Id == id).Held;
        }
    }

    internal void Forget(string id)
    {
        lock (_lock)
        {
            if (_shelf.FirstOrDefault(one => one.Id == id) is { Held: not null } found)
            {
                _shelf.Remove(found);
            }
        }
    }

    /// <summary>Lets go what has been held long enough.</summary>
    internal void Sweep()
    {
        lock (_lock)
        {
            while (_shelf.First is { } first && clock.GetElapsedTime(first.Value.At) >= Lifetime)
            {
                _shelf.RemoveFirst();
            }
        }
    }
}
