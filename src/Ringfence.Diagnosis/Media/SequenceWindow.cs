using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Media;

/// <summary>Which of the last 128 sequence numbers have been seen: the newest in the lowest bit.</summary>
internal struct SequenceWindow
{
    private const int Half = 64;
    private const int Size = 2 * Half;
    private ulong _newer;
    private ulong _older;

    /// <summary>Forgets all and marks the newest number.</summary>
    public void Begin() => (_newer, _older) = (1, 0);

    /// <summary>Makes a later number the newest, and marks it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int step)
    {
        if (step < Half)
        {
            _older = (_older << step) | (_newer >> (Half - step));
            _newer = (_newer << step) | 1;
            return;
        }

        _older = step < Size ? _newer << (step - Half) : 0;
        _newer = 1;
    }

    /// <summary>Whether the number this far behind the newest was seen; what is too far behind counts as not seen.</summary>
    public readonly bool IsSet(int behind) =>
        behind < Half ? ((_newer >> behind) & 1) != 0 : behind < Size && ((_older >> (behind - Half)) & 1) != 0;

    /// <summary>Marks a number behind the newest.</summary>
    public void Mark(int behind)
    {
        if (behind < Half)
        {
            _newer |= 1UL << behind;
        }
        else if (behind < Size)
        {
            _older |= 1UL << (behind - Half);
        }
    }
}
