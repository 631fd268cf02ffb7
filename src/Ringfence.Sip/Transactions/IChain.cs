namespace Ringfence.Sip.Transactions;

/// <summary>Says which of an item's links a table uses.</summary>
internal interface IChain<T>
    where T : class
{
    static abstract ref ChainLink<T> LinkOf(T item);
}
