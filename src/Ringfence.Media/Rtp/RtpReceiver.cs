namespace Ringfence.Media.Rtp;

/// <summary>
/// Counts one incoming stream: sequence wrap, loss, duplicates, order (RFC 3550 appendices A.1 and A.3) and jitter
/// (A.8). A new SSRC begins anew. Not thread-safe.
/// </summary>
/// <param name="clockRate">Clock of the stream in hertz.</param>
public sealed class RtpReceiver(int clockRate)
{
    private const int MaxDropout = 3000;
    private const int MaxMisorder = 100;

    private bool _started;
    private ushort _highest;
    private uint _cycles;
    private uint _base;
    private int _suspect = -1;
    private ulong _seen;
    private long _restartExpected;
    private uint _transit;
    private double _jitter;

    /// <summary>Synchronization source of the stream.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>Highest sequence number with its cycles in the upper half.</summary>
    public uint ExtendedHighest => _cycles + _highest;

    /// <summary>Packets that came, duplicates left out.</summary>
    public long Received { get; private set; }

    /// <summary>Packets that should have come.</summary>
    public long Expected => _restartExpected + (_started ? ExtendedHighest - _base + 1L : 0);

    /// <summary>Packets missing now; late ones take it down again.</summary>
    public long Lost => Math.Max(0, Expected - Received);

    /// <summary>Packets that came twice.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Packets that came after a later one.</summary>
    public long Reordered { get; private set; }

    /// <summary>Interarrival jitter in clock units.</summary>
    public double Jitter => _jitter;

    /// <summary>Interarrival jitter as a time.</summary>
    public TimeSpan JitterTime => TimeSpan.FromSeconds(_jitter / clockRate);

    /// <summary>Takes note of a packet.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="arrived">When it came, since any fixed moment.</param>
    public RtpArrival Receive(in RtpHeader header, TimeSpan arrived)
    {
        if (!_started || header.Ssrc != Ssrc)
        {
            Begin(header, keepCounts: _started && header.Ssrc == Ssrc);
            Ssrc = header.Ssrc;
            Measure(header.Timestamp, arrived, first: true);
            return RtpArrival.First;
        }
        var arrival = Order(header);
        if (arrival is not (RtpArrival.Duplicate or RtpArrival.Suspect))
        {
            Measure(header.Timestamp, arrived, first: arrival == RtpArrival.Restarted);
        }
        return arrival;
    }

    private void Begin(in RtpHeader header, bool keepCounts)
    {
        if (!keepCounts)
        {
            (Received, Duplicates, Reordered, _restartExpected, _jitter) = (0, 0, 0, 0, 0);
        }
        _started = true;
        _base = _highest = header.Sequence;
        _cycles = 0;
        _suspect = -1;
        _seen = 1;
        Received++;
    }

    private RtpArrival Order(in RtpHeader header)
    {
        var ahead = (ushort)(header.Sequence - _highest);
        if (ahead == 0)
        {
            Duplicates++;
            return RtpArrival.Duplicate;
        }
        if (ahead < MaxDropout)
        {
            _cycles += header.Sequence < _highest ? 0x10000u : 0;
            _highest = header.Sequence;
            _seen = ahead < 64 ? (_seen << ahead) | 1 : 1;
            _suspect = -1;
            Received++;
            return ahead == 1 ? RtpArrival.InOrder : RtpArrival.AfterGap;
        }
        var behind = 0x10000 - ahead;
        if (behind <= MaxMisorder)
        {
            return Late(behind);
        }
        if (header.Sequence == _suspect)
        {
            _restartExpected = Expected;
            Begin(header, keepCounts: true);
            return RtpArrival.Restarted;
        }
        _suspect = (ushort)(header.Sequence + 1);
        return RtpArrival.Suspect;
    }

    private RtpArrival Late(int behind)
    {
        // Further back than the window remembers, a packet may be either; loss is the likelier reason for its coming.
        var bit = behind < 64 ? 1UL << behind : 0;
        if ((_seen & bit) != 0)
        {
            Duplicates++;
            return RtpArrival.Duplicate;
        }
        _seen |= bit;
        Reordered++;
        Received++;
        return RtpArrival.Reordered;
    }

    private void Measure(uint timestamp, TimeSpan arrived, bool first)
    {
        var transit = (uint)(long)(arrived.TotalSeconds * clockRate) - timestamp;
        if (!first)
        {
            var difference = Math.Abs((double)(int)(transit - _transit));
            _jitter += (difference - _jitter) / 16;
        }
        _transit = transit;
    }
}
