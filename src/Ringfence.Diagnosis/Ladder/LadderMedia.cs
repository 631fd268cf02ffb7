using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>The media of a ladder: bands for streams, ticks for digits and RTCP.</summary>
internal static class LadderMedia
{
    private const int MaxTicks = 200;
    private const long Slack = 2_000_000_000;

    /// <summary>A stream as one band, or as two where it runs on into the answered call.</summary>
    public static IEnumerable<LadderSpan> Spans(
        RtpStream stream,
        Call call,
        LadderHosts hosts,
        long start,
        LadderWords words
    )
    {
        var final = call.Final?.Time ?? long.MaxValue;
        var heard = StreamHearing
            .Of(stream)
            .Select(segment => new LadderHeard(
                LadderBuilder.Since(start, stream.Start) + segment.Start,
                LadderBuilder.Since(start, stream.Start) + segment.End,
                words.Heard(segment),
                segment.Kind == Ringfence.Media.Hearing.HeardKind.Silence
            ))
            .ToList();
        if (stream.Start < final)
        {
            yield return Span(stream, Math.Min(stream.End, final), isEarly: true);
        }

        if (stream.End > final)
        {
            yield return Span(stream, stream.End, isEarly: false);
        }

        LadderSpan Span(RtpStream of, long end, bool isEarly)
        {
            var from = LadderBuilder.Since(start, isEarly ? of.Start : Math.Max(of.Start, final));
            var to = LadderBuilder.Since(start, end);
            return new LadderSpan(
                from,
                to,
                hosts.IndexOf(of.Source),
                hosts.IndexOf(of.Destination),
                string.Create(CultureInfo.InvariantCulture, $"{Codecs.NameOf(of)} ×{of.Packets}"),
                isEarly
            )
            {
                IsEvents = Codecs.NameOf(of).StartsWith("telephone-event", StringComparison.OrdinalIgnoreCase),
                Heard = [.. heard.Where(h => h.Start < to && h.End > from)],
            };
        }
    }

    public static IReadOnlyList<LadderTick> Ticks(
        Call call,
        IReadOnlyList<RtpStream> streams,
        RtcpCounts? rtcp,
        LadderHosts hosts,
        long start,
        LadderWords words
    )
    {
        var ticks = call
            .Digits.Select(digit => new LadderTick(
                LadderBuilder.Since(start, digit.Time),
                hosts.IndexOf(digit.Source),
                digit.Digit.ToString(),
                $"{words["digit"]} {digit.Digit}, {words["digit." + digit.Kind]}"
            ))
            .ToList();
        foreach (var report in rtcp?.Seen ?? [])
        {
            if (report.Time >= call.Start && report.Time <= call.End + Slack && Belongs(report, streams))
            {
                ticks.Add(
                    new LadderTick(
                        LadderBuilder.Since(start, report.Time),
                        hosts.IndexOf(report.Source),
                        "",
                        $"{words["report"]} {report.Source} → {report.Destination}, {words.Figure(report.Loss * 100, "0.#")} %"
                    )
                );
            }
        }

        return [.. ticks.OrderBy(tick => tick.At).Take(MaxTicks)];
    }

    // RTCP has the port of its RTP, or the next one (RFC 3550 §11, RFC 5761).
    private static bool Belongs(RtcpSeen report, IReadOnlyList<RtpStream> streams) =>
        streams.Any(stream =>
            IsOf(report.Source, stream.Source) && IsOf(report.Destination, stream.Destination)
            || IsOf(report.Source, stream.Destination) && IsOf(report.Destination, stream.Source)
        );

    private static bool IsOf(PacketAddress rtcp, PacketAddress rtp) =>
        rtcp.Bits == rtp.Bits && (rtcp.Port == rtp.Port || rtcp.Port == rtp.Port + 1);
}
