using System.Globalization;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The figures of a stream in words, for the terminal and the page.</summary>
internal static class StreamWords
{
    // The clock of video (RFC 3551 §5): nobody listens to it.
    private const int VideoClock = 90_000;

    /// <summary>Packets and how they arrived; of what did not happen only the loss is told, and packets that came twice are no negative loss.</summary>
    public static string Arrived(RtpStream stream, FindingTexts texts)
    {
        // RFC 3550 takes what came twice from what was lost, which only a program wants to know.
        var lost = Math.Max(0, stream.Lost + stream.Duplicates);
        var figures = new List<string> { Counts.Of(texts, "packet", stream.Packets), Counts.Of(texts, "lost", lost) };
        if (lost > 0 && stream.LongestBurst > 0)
        {
            figures.Add($"{texts.Word("label.burst")} {Number(stream.LongestBurst)}");
        }

        if (stream.Reordered > 0)
        {
            figures.Add(Counts.Of(texts, "reordered", stream.Reordered));
        }

        if (stream.Duplicates > 0)
        {
            figures.Add(Counts.Of(texts, "duplicate", stream.Duplicates));
        }

        if (IsTimed(stream))
        {
            figures.Add($"{texts.Word("label.jitter")} {Milliseconds(stream.HighestJitter, texts)}");
        }

        return string.Join(", ", figures);
    }

    /// <summary>What its receiver says of it in RTCP; null where it says nothing.</summary>
    public static string? Reported(RtpStream stream, RtcpCounts rtcp, FindingTexts texts)
    {
        if (!rtcp.Reports.TryGetValue(stream.Ssrc, out var report))
        {
            return null;
        }

        var figures = new List<string>
        {
            Counts.Of(texts, "report", report.Count),
            $"{Counts.Of(texts, "lost", report.Lost)} (≤ {Figure(100 * report.HighestLoss, texts, "0.#")} %)",
            $"{texts.Word("label.jitter")} {Milliseconds(1_000.0 * report.HighestJitter / stream.ClockRate, texts)}",
        };
        if (report.RoundTrip is { } trip)
        {
            figures.Add($"{texts.Word("label.roundTrip")} {Milliseconds(trip.TotalMilliseconds, texts)}");
        }

        if (report.ListeningScore is { } score)
        {
            figures.Add($"MOS {Figure(score, texts)}");
        }

        return string.Join(", ", figures);
    }

    /// <summary>The estimate with what it was made of.</summary>
    public static string Estimate(MosEstimate mos, FindingTexts texts) =>
        $"≈ {Figure(mos.Mos, texts)} (G.107, {mos.Codec}, R {Figure(mos.Rating, texts)}, Ie,eff {Figure(mos.LossImpairment, texts)}, Id {Figure(mos.DelayImpairment, texts)}, Ppl {Figure(mos.LossPercent, texts, "0.##")} %)";

    /// <summary>Whether the clock of its timestamps was known while it passed: without it nothing can be said of jitter.</summary>
    public static bool IsTimed(RtpStream stream) => stream.Format?.ClockRate == stream.ClockRate;

    /// <summary>Whether it is audio of a codec that nothing here can play.</summary>
    public static bool IsUnplayable(RtpStream stream) =>
        stream.Format is { ClockRate: not VideoClock } format
        && !format.IsNamed("telephone-event")
        && !StreamDecoder.Plays(format);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(double value, FindingTexts texts) => $"{Figure(value, texts)} ms";

    private static string Figure(double value, FindingTexts texts, string format = "0.0") =>
        LocalFigures.Of(value, format, texts.Language);
}
