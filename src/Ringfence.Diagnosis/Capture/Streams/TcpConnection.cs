using Ringfence.Diagnosis.Capture.Fetches;
using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>Both directions of one connection.</summary>
internal sealed class TcpConnection
{
    private readonly TcpDirection _fromLow;
    private readonly TcpDirection _fromHigh;

    public TcpConnection(
        PacketAddress low,
        PacketAddress high,
        PacketOutlet outlet,
        CaptureOptions options,
        KeyLog keys,
        TcpCounters counters
    )
    {
        (Low, High) = (low, high);
        Fetch = new FetchWatch(counters.Fetches);
        var session = new TlsSession(keys, counters, Fetch);
        _fromLow = new TcpDirection(new StreamRoute(low, high, outlet, options.MaxStreamBytes), session, counters);
        _fromHigh = new TcpDirection(new StreamRoute(high, low, outlet, options.MaxStreamBytes), session, counters);
    }

    public PacketAddress Low { get; }

    public PacketAddress High { get; }

    /// <summary>What it shows if it goes to a web server.</summary>
    public FetchWatch Fetch { get; }

    /// <summary>Whether a segment came since the queue was last gone through.</summary>
    public bool Used { get; set; }

    public TcpDirection From(PacketAddress source) => source == Low ? _fromLow : _fromHigh;

    public TcpDirection Opposite(TcpDirection direction) => direction == _fromLow ? _fromHigh : _fromLow;

    public void Flush()
    {
        _fromLow.Flush();
        _fromHigh.Flush();
        Fetch.Flush();
    }
}
