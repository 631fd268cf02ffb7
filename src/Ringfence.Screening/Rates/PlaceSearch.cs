using System.Numerics;

namespace Ringfence.Screening.Rates;

/// <summary>Goes through the places that a hash may stand for.</summary>
internal struct PlaceSearch
{
    private readonly PlaceIndex _index;
    private readonly ulong _hash;
    private int _group;
    private uint _candidates;
    private bool _goesOn;

    public PlaceSearch(PlaceIndex index, int home, ulong hash)
    {
        _index = index;
        _hash = hash;
        _group = home;
        _candidates = index.Candidates(home, hash, out _goesOn);
        Lines = 1;
    }

    /// <summary>How many lines of the index have been read.</summary>
    public int Lines { get; private set; }

    public bool TryNext(out int place)
    {
        while (!TryNextHere(out place))
        {
            if (!_goesOn)
            {
                return false;
            }

            _group = _index.Next(_group);
            _candidates = _index.Candidates(_group, _hash, out _goesOn);
            Lines++;
        }

        return true;
    }

    /// <summary>The same, and never goes on to another line.</summary>
    public bool TryNextHere(out int place)
    {
        place = -1;
        while (_candidates != 0 && place < 0)
        {
            place = PlaceIndex.PlaceOf(_index.EntryIn(_group, BitOperations.TrailingZeroCount(_candidates)));
            _candidates &= _candidates - 1;
        }

        return place >= 0;
    }
}
