using System.Diagnostics.Metrics;

namespace Ringfence.Edge.Gate;

/// <summary>What is measured of early media, for whatever listens to <c>Ringfence.Edge</c>.</summary>
internal sealed class EarlyMediaMeters : IDisposable
{
    private readonly Meter _meter = new("Ringfence.Edge");
    private readonly Counter<long> _progressed;
    private readonly Counter<long> _switches;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _suspects;
    private readonly Counter<long> _crossings;
    private readonly Histogram<double> _firstPacket;

    internal EarlyMediaMeters()
    {
        _progressed = _meter.CreateCounter<long>(
            "ringfence.early.progressed",
            "{call}",
            "Gated calls that the callee progressed, by trunk and whether the first 18x described media"
        );
        _switches = _meter.CreateCounter<long>(
            "ringfence.early.switches",
            "{switch}",
            "Changes of what callers hear before the answer, by trunk"
        );
        _limits = _meter.CreateCounter<long>(
            "ringfence.early.limits",
            "{call}",
            "Calls that met a limit of early media, by trunk and limit"
        );
        _suspects = _meter.CreateCounter<long>(
            "ringfence.early.false_answers",
            "{call}",
            "Answers that were likely false, by trunk"
        );
        _crossings = _meter.CreateCounter<long>(
            "ringfence.early.rtpengine",
            "{call}",
            "Calls of trunks whose media goes through rtpengine, by trunk and what became of their offers"
        );
        _firstPacket = _meter.CreateHistogram<double>(
            "ringfence.early.first_packet",
            "s",
            "From the INVITE to the first RTP packet of the callee, by trunk"
        );
    }

    internal void Progressed(string trunk, bool hasMedia) =>
        _progressed.Add(1, new("trunk", trunk), new("media", hasMedia ? "yes" : "no"));

    internal void Limited(string trunk, string limit) => _limits.Add(1, new("trunk", trunk), new("limit", limit));

    internal void Heard(string trunk, int switches, TimeSpan? firstPacket)
    {
        _switches.Add(switches, new KeyValuePair<string, object?>("trunk", trunk));
        if (firstPacket is { } time)
        {
            _firstPacket.Record(time.TotalSeconds, new KeyValuePair<string, object?>("trunk", trunk));
        }
    }

    internal void Crossed(string trunk, string outcome) =>
        _crossings.Add(1, new("trunk", trunk), new("outcome", outcome));

    internal void FalselyAnswered(string trunk) => _suspects.Add(1, new KeyValuePair<string, object?>("trunk", trunk));

    public void Dispose() => _meter.Dispose();
}
