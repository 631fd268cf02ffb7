using Ringfence.Media.Codecs;
using Ringfence.Media.Rtp;

namespace Ringfence.Media.Rtcp;

/// <summary>
/// The reports of one side: what this side sends to it, how its stream arrives here, and what it says in turn (RFC 3550 section
/// 6). All of it names the two identities on this side alone, so that nothing is learnt of the other leg. Not thread-safe.
/// </summary>
/// <param name="sender">The stream to the side.</param>
/// <param name="random">Gives the name and the times.</param>
internal sealed class RtcpReporter(RtpSender sender, Random random)
{
    /// <summary>Mean time between reports (section 6.2); each is spread over half to one and a half of it (section 6.3.1).</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A packet, decoding and a jitter buffer of two packets at either end.</summary>
    private static readonly TimeSpan EndDelay = TimeSpan.FromMilliseconds(60);

    // A random name for each call (RFC 7022 section 4.2): nothing in it says which calls belong together.
    private readonly string _name = Convert.ToHexStringLower(Token(random));
    private TimeSpan? _due;
    private uint _theirSsrc;
    private uint _theirReport;
    private TimeSpan _theirReportAt;
    private long _expectedBefore;
    private long _lostBefore;
    private TimeSpan? _roundTrip;
    private double? _peerLoss;

    /// <summary>Reports sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Reports received and understood.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the side said that it leaves.</summary>
    public bool IsGone { get; private set; }

    /// <summary>How the media goes.</summary>
    /// <param name="from">What comes from the side; null while nothing does.</param>
    /// <param name="format">Its encoding.</param>
    public MediaQuality Quality(RtpReceiver? from, AudioFormat format)
    {
        var loss = from is { Expected: > 0 } ? 100.0 * from.Lost / from.Expected : 0;
        var jitter = from?.JitterTime ?? TimeSpan.Zero;
        var delay = (_roundTrip ?? TimeSpan.Zero) / 2 + EndDelay + 2 * jitter;
        return new MediaQuality(
            _roundTrip,
            loss,
            _peerLoss,
            jitter,
            CodecImpairment.Of(format) is { } codec
                ? CallQuality.MeanOpinionScore(CallQuality.Rating(delay, loss, codec))
                : null
        );
    }

    /// <summary>Whether a report is due; the first one is early, so that a short call has one too.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (_due is null)
        {
            _due = now + Interval / 4;
        }
        if (now < _due)
        {
            return false;
        }
        _due = now + Interval * (0.5 + random.NextDouble());
        return true;
    }

    /// <summary>Writes a report.</summary>
    /// <param name="from">What comes from the side; null while nothing does.</param>
    /// <param name="format">Its encoding.</param>
    /// <param name="timestamp">The sender's media time now.</param>
    /// <param name="isGoodbye">Whether this side leaves.</param>
    /// <param name="now">Time since the clock's beginning, which serves as wall clock (section 4 allows that).</param>
    /// <param name="datagram">Where it goes.</param>
    public int Write(
        RtpReceiver? from,
        AudioFormat format,
        uint timestamp,
        bool isGoodbye,
        TimeSpan now,
        Span<byte> datagram
    )
    {
        Sent++;
        var hasHeard = from is { Expected: > 0 };
        var quality = Quality(from, format);
        return new RtcpPacket
        {
            Ssrc = sender.Ssrc,
            Name = _name,
            Sender =
                sender.Packets == 0
                    ? null
                    : new SenderInfo(Ntp(now), timestamp, (uint)sender.Packets, (uint)sender.Octets),
            Reports = hasHeard ? [Block(from!, now)] : [],
            Metrics = hasHeard
                ? new VoipMetrics(
                    from!.Ssrc,
                    (byte)Math.Min(255, quality.LossPercent * 2.56),
                    (ushort)Math.Min(ushort.MaxValue, quality.RoundTrip?.TotalMilliseconds ?? 0),
                    CodecImpairment.Of(format) is { } codec
                        ? (byte)
                            Math.Round(CallQuality.Rating(EndDelay + 2 * quality.Jitter, quality.LossPercent, codec))
                        : VoipMetrics.Unavailable,
                    quality.MeanOpinionScore is { } score ? (byte)Math.Round(10 * score) : VoipMetrics.Unavailable
                )
                : null,
            IsGoodbye = isGoodbye,
        }.Write(datagram);
    }

    /// <summary>Takes what came from the side.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (RtcpPacket.Read(datagram, out var packet) != RtcpFault.None)
        {
            return;
        }
        Received++;
        IsGone |= packet!.IsGoodbye;
        if (packet.Sender is { } theirs)
        {
            (_theirSsrc, _theirReport, _theirReportAt) = (packet.Ssrc, theirs.MiddleOfNtp, now);
        }
        foreach (var report in packet.Reports)
        {
            if (report.Ssrc == sender.Ssrc)
            {
                _roundTrip = report.RoundTrip((uint)(Ntp(now) >> 16)) ?? _roundTrip;
                _peerLoss = report.FractionLost / 2.56;
            }
        }
    }

    private ReportBlock Block(RtpReceiver from, TimeSpan now)
    {
        var (expected, lost) = (from.Expected - _expectedBefore, from.Lost - _lostBefore);
        (_expectedBefore, _lostBefore) = (from.Expected, from.Lost);
        var answers = _theirSsrc == from.Ssrc;
        return new ReportBlock(
            from.Ssrc,
            expected > 0 && lost > 0 ? (byte)Math.Min(255, 256 * lost / expected) : (byte)0,
            (int)Math.Min(int.MaxValue, from.Lost),
            from.ExtendedHighest,
            (uint)from.Jitter,
            answers ? _theirReport : 0,
            answers ? (uint)((now - _theirReportAt).TotalSeconds * 65536) : 0
        );
    }

    /// <summary>NTP counts from 1900; a day later, so that no time of this clock is 0, which would mean none.</summary>
    private static ulong Ntp(TimeSpan now) => SenderInfo.Ntp(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1) + now);

    private static byte[] Token(Random random)
    {
        var token = new byte[12];
        random.NextBytes(token);
        return token;
    }
}
