using System.Numerics;
using System.Runtime.CompilerServices;
using Ringfence.Screening.Memory;

namespace Ringfence.Screening.Rates;

/// <summary>
/// Gives out pages of records to all shards of a table, from pieces of memory that are large enough for large pages of the
/// system. Memory is taken as records come.
/// </summary>
internal sealed class RecordPages<TRecord>
    where TRecord : unmanaged, ITrackedRecord<TRecord>
{
    private const int MaxPiece = 32 << 20;
    private const int PagesPerShard = 32;

    private readonly int _pieceLength;
    private readonly Lock _lock = new();
    private LineArray<TRecord>? _piece;
    private int _given;
    private int _pages;

    public RecordPages(int shards, int recordsPerShard)
    {
        PageBits = BitOperations.Log2((uint)(recordsPerShard / PagesPerShard) | 1);
        var pages = Math.Min(
            (long)shards * PagesOf(recordsPerShard),
            (MaxPiece / Unsafe.SizeOf<TRecord>()) >> PageBits
        );
        _pieceLength = (int)Math.Max(pages, 1) << PageBits;
    }

    /// <summary>A page has two to the power of this many records.</summary>
    public int PageBits { get; }

    /// <summary>Memory of the pages that have been given out, in bytes.</summary>
    public long Bytes => ((long)_pages << PageBits) * Unsafe.SizeOf<TRecord>();

    /// <summary>How many pages that many records take.</summary>
    public int PagesOf(int records) => (records + (1 << PageBits) - 1) >> PageBits;

    public RecordPage<TRecord> Take()
    {
        lock (_lock)
        {
            if (_piece is null || _given == _pieceLength)
            {
                _piece = new LineArray<TRecord>(_pieceLength, isBlank: false);
                _given = 0;
            }

            var page = new RecordPage<TRecord>(_piece, _given);
            _given += 1 << PageBits;
            _pages++;
            return page;
        }
    }
}
