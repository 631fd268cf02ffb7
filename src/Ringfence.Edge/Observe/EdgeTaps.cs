using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Telemetry;
using Ringfence.Sip.Observe;

namespace Ringfence.Edge.Observe;

/// <summary>
/// Who gets a copy of every message: the meter, and what the configuration asks for. Each has a thread and a bounded queue of its own;
/// a lane never waits for any.
/// </summary>
internal sealed class EdgeTaps : IDisposable
{
    private readonly HepSender? _hep;
    private readonly PcapCalls? _calls;
    private readonly PcapRing? _ring;
    private readonly ILogger _log;

    /// <exception cref="IOException">The folder of captures cannot be made.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to the collector.</exception>
    internal EdgeTaps(ObserveConfiguration configuration, SipMeters meters, ILogger log)
    {
        _log = log;
        List<IMessageTap> taps = [meters.Messages];
        if (configuration.Hep is { } collector)
        {
            taps.Add(_hep = new HepSender(collector, configuration.HepId, configuration.HepKey));
        }

        if (configuration.PcapFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            if (configuration.IsPcapPerCall)
            {
                taps.Add(_calls = new PcapCalls(folder, configuration.PcapFiles));
            }
            else
            {
                string path = Path.Combine(folder, "ringfence");
                taps.Add(_ring = new PcapRing(path, configuration.PcapSize, configuration.PcapFiles));
            }
        }

        Taps = taps;
        meters.Count("sip.tap.lost", "{message}", "Messages that a tap could not follow.", () => Lost);
    }

    internal IReadOnlyList<IMessageTap> Taps { get; }

    private long Lost => LostOf(_hep?.Dropped, _hep?.Failed) + LostOfPcap;

    private long LostOfPcap => LostOf(_calls?.Dropped, _calls?.Failed) + LostOf(_ring?.Dropped, _ring?.Failed);

    /// <summary>Writes what waits, then ends; says what was lost.</summary>
    public void Dispose()
    {
        _hep?.Dispose();
        _calls?.Dispose();
        _ring?.Dispose();
        Tell("hep", LostOf(_hep?.Dropped, _hep?.Failed));
        Tell("pcap", LostOfPcap);
    }

    private void Tell(string tap, long lost)
    {
        if (lost > 0)
        {
            RegistrarLog.TapLost(_log, tap, lost);
        }
    }

    private static long LostOf(long? dropped, long? failed) => (dropped ?? 0) + (failed ?? 0);
}
