using Ringfence.Screening.Rates;

namespace Ringfence.Screening.Reputation;

/// <summary>How many reports one callee has made today.</summary>
internal struct ReporterRecord : ITrackedRecord<ReporterRecord>
{
    private const uint Day = 86_400;
    private int _today;

    public ulong Key { get; set; }

    public uint LastSeen { get; set; }

    /// <summary>Counts a report, and tells how many there are today, this one included.</summary>
    public int Count(uint now)
    {
        _today = now / Day == LastSeen / Day ? _today + 1 : 1;
        LastSeen = now;
        return _today;
    }

    public void Merge(ReporterRecord other)
    {
        var isSameDay = other.LastSeen / Day == LastSeen / Day;
        _today =
            isSameDay ? Math.Max(_today, other._today)
            : other.LastSeen > LastSeen ? other._today
            : _today;
        LastSeen = Math.Max(LastSeen, other.LastSeen);
    }
}
