namespace Ringfence.Sip.Transactions;

/// <summary>An item's place in one <see cref="ChainedTable{T,TChain}"/>: held by the item, so that adding it allocates nothing.</summary>
internal struct ChainLink<T>
    where T : class
{
    internal ulong Hash;
    internal T? Next;
    internal T? Previous;
    internal bool IsLinked;
}
