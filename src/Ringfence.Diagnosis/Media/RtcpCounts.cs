using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Rtcp;

namespace Ringfence.Diagnosis.Media;

/// <summary>The RTCP reports of a trace (RFC 3550 §6.4): of each source, the worst that its receiver reported.</summary>
public sealed class RtcpCounts
{
    private const int MaxSources = 100_000;
    private const int MaxSeen = 20_000;
    private readonly Dictionary<uint, RtcpReport> _reports = [];
    private readonly Dictionary<(uint Source, uint Middle), long> _senderReports = [];
    private readonly List<RtcpSeen> _seen = [];

    /// <summary>Compound packets seen.</summary>
    public long Packets { get; private set; }

    /// <summary>Where compound packets went.</summary>
    internal HashSet<PacketAddress> Destinations { get; } = [];

    /// <summary>What receivers reported of each source.</summary>
    public IReadOnlyDictionary<uint, RtcpReport> Reports => _reports;

    /// <summary>The first of them, in order.</summary>
    public IReadOnlyList<RtcpSeen> Seen => _seen;

    internal void Take(in CapturedPacket packet)
    {
        Packets++;
        if (Destinations.Count < MaxSources)
        {
            Destinations.Add(packet.Destination);
        }

        // An encrypted one has a trailer that makes its length no sum of those of its parts (RFC 3711 §3.4): its numbers say nothing.
        var loss = 0;
        if (RtcpPacket.Read(packet.Payload, out var rtcp) == RtcpFault.None)
        {
            NoteSender(rtcp!, packet.Time);
            foreach (var block in rtcp!.Reports)
            {
                loss = Math.Max(loss, block.FractionLost);
                Take(block, packet);
            }

            Take(rtcp.Metrics);
        }

        if (_seen.Count < MaxSeen)
        {
            _seen.Add(new RtcpSeen(packet.Time, packet.Source, packet.Destination, loss / 256.0));
        }
    }

    private void NoteSender(RtcpPacket rtcp, long time)
    {
        if (rtcp.Sender is { } sender && _senderReports.Count < MaxSources)
        {
            _senderReports[(rtcp.Ssrc, (uint)(sender.NtpTime >> 16))] = time;
        }
    }

    private void Take(ReportBlock block, in CapturedPacket packet)
    {
        if (_reports.Count >= MaxSources && !_reports.ContainsKey(block.Ssrc))
        {
            return;
        }

        var before = _reports.GetValueOrDefault(block.Ssrc);
        _reports[block.Ssrc] = new RtcpReport(
            before.Count + 1,
            Math.Max(before.HighestLoss, block.FractionLost / 256.0),
            block.CumulativeLost,
            Math.Max(before.HighestJitter, block.Jitter),
            packet.Frame
        )
        {
            RoundTrip = Longer(before.RoundTrip, RoundTrip(block, packet.Time)),
            ListeningScore = before.ListeningScore,
        };
    }

    private void Take(VoipMetrics? metrics)
    {
        const int Unknown = 127;
        if (metrics is { } said && _reports.TryGetValue(said.Ssrc, out var report))
        {
            _reports[said.Ssrc] = report with
            {
                RoundTrip =
                    report.RoundTrip ?? (said.RoundTripMs > 0 ? TimeSpan.FromMilliseconds(said.RoundTripMs) : null),
                ListeningScore = said.ListeningScore == Unknown ? report.ListeningScore : said.ListeningScore / 10.0,
            };
        }
    }

    // From the place of the capture to the receiver and back: by its own clock, as the two sides' need not agree (RFC 3550 §6.4.1).
    private TimeSpan? RoundTrip(ReportBlock block, long now)
    {
        if (
            block.LastSenderReport == 0
            || !_senderReports.TryGetValue((block.Ssrc, block.LastSenderReport), out var sent)
        )
        {
            return null;
        }

        var taken = TimeSpan.FromTicks((now - sent) / 100) - TimeSpan.FromSeconds(block.Delay / 65536.0);
        return taken < TimeSpan.Zero ? null : taken;
    }

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;
}
