using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The media of a call in the JSON report: streams, what receivers said of them, and digits.</summary>
internal static class MediaJson
{
    public static void Write(Utf8JsonWriter json, RtpStream stream, RtcpCounts rtcp)
    {
        json.WriteStartObject();
        json.WriteString("source", stream.Source.ToString());
        json.WriteString("destination", stream.Destination.ToString());
        json.WriteNumber("ssrc", stream.Ssrc);
        json.WriteString("codec", Codecs.NameOf(stream));
        json.WriteNumber("packets", stream.Packets);
        json.WriteNumber("lost", stream.Lost);
        json.WriteNumber("reordered", stream.Reordered);
        json.WriteNumber("duplicates", stream.Duplicates);

        // A gap that a late packet filled was none.
        var missing = Math.Max(0, stream.Lost + stream.Duplicates);
        json.WriteNumber("lossBursts", Math.Min(stream.LossBursts, missing));
        json.WriteNumber("longestBurst", Math.Min(stream.LongestBurst, missing));
        WriteJitter(json, stream);
        json.WriteNumber("longestGapMs", Math.Round(stream.LongestGap.TotalMilliseconds, 3));
        json.WriteString("start", CallJson.Time(stream.Start));
        json.WriteString("end", CallJson.Time(stream.End));
        WriteQuality(json, stream, rtcp);

        json.WriteStartArray("heard");
        foreach (var segment in StreamHearing.Of(stream))
        {
            json.WriteStringValue(segment.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteDigits(Utf8JsonWriter json, Call call)
    {
        json.WriteStartArray("digits");
        foreach (var digit in call.Digits)
        {
            json.WriteStartObject();
            json.WriteString("kind", digit.Kind.ToString());
            json.WriteString("digit", digit.Digit.ToString());
            json.WriteNumber("frame", digit.Frame);
            json.WriteString("time", CallJson.Time(digit.Time));
            json.WriteString("source", digit.Source.ToString());
            json.WriteNumber("seconds", Math.Round(digit.Duration.TotalSeconds, 3));
            json.WriteBoolean("ended", digit.Ended);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteJitter(Utf8JsonWriter json, RtpStream stream)
    {
        if (StreamWords.IsTimed(stream))
        {
            json.WriteNumber("jitterMs", Math.Round(stream.HighestJitter, 3));
        }
        else
        {
            json.WriteNull("jitterMs");
        }
    }

    private static void WriteQuality(Utf8JsonWriter json, RtpStream stream, RtcpCounts rtcp)
    {
        if (MosEstimate.Of(stream) is { } mos)
        {
            json.WriteNumber("mosEstimate", Math.Round(mos.Mos, 2));
            json.WriteNumber("mosRating", Math.Round(mos.Rating, 2));
            json.WriteNumber("mosDelayImpairment", Math.Round(mos.DelayImpairment, 2));
            json.WriteNumber("mosLossImpairment", Math.Round(mos.LossImpairment, 2));
            json.WriteNumber("mosCodecImpairment", Math.Round(mos.CodecImpairment, 2));
            json.WriteNumber("mosLossPercent", Math.Round(mos.LossPercent, 3));
            json.WriteString("mosCodec", mos.Codec);
        }

        if (!rtcp.Reports.TryGetValue(stream.Ssrc, out var report))
        {
            return;
        }

        json.WriteStartObject("rtcp");
        json.WriteNumber("reports", report.Count);
        json.WriteNumber("lost", report.Lost);
        json.WriteNumber("highestLossPercent", Math.Round(100 * report.HighestLoss, 2));
        json.WriteNumber("jitterMs", Math.Round(1_000.0 * report.HighestJitter / stream.ClockRate, 3));
        if (report.RoundTrip is { } trip)
        {
            json.WriteNumber("roundTripMs", Math.Round(trip.TotalMilliseconds, 3));
        }

        if (report.ListeningScore is { } score)
        {
            json.WriteNumber("listeningScore", score);
        }

        json.WriteEndObject();
    }
}
