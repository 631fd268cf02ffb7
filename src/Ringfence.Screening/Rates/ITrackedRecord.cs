namespace Ringfence.Screening.Rates;

/// <summary>A record of fixed size that is kept under a key.</summary>
internal interface ITrackedRecord
{
    ulong Key { get; set; }

    /// <summary>Seconds since <see cref="TrackedTime.Epoch"/>.</summary>
    uint LastSeen { get; set; }
}
