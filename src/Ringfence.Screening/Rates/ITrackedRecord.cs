namespace Ringfence.Screening.Rates;

/// <summary>A record of fixed size that is kept under a key.</summary>
internal interface ITrackedRecord<TSelf>
    where TSelf : unmanaged, ITrackedRecord<TSelf>
{
    ulong Key { get; set; }

    /// <summary>Seconds since <see cref="TrackedTime.Epoch"/>.</summary>
    uint LastSeen { get; set; }

    /// <summary>Joins what another node, or an earlier run, knew of the same key.</summary>
    void Merge(TSelf other);
}
