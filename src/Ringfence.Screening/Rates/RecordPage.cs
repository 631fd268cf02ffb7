using System.Runtime.CompilerServices;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Rates;

/// <summary>Room for some records, taken from a piece of memory that many pages share.</summary>
internal readonly struct RecordPage<TRecord>(LineArray<TRecord> piece, int first)
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private readonly LineArray<TRecord>? _piece = piece;
    private readonly int _first = first;

    public bool IsTaken => _piece is not null;

    public ref TRecord this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _piece![_first + place];
    }
}
