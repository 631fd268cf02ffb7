using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>One call of the JSON report.</summary>
internal static class CallJson
{
    public static void Write(
        Utf8JsonWriter json,
        Call call,
        IEnumerable<Finding> findings,
        FindingTexts texts,
        CallDiagnosis diagnosis
    )
    {
        json.WriteStartObject();
        json.WriteString("callId", call.CallId);
        json.WriteString("kind", call.Kind.ToString());
        json.WriteString("state", call.State.ToString());
        json.WriteString("verdict", Verdict.Of(call, texts));
        json.WriteString("from", call.From);
        json.WriteString("to", call.To);
        json.WriteString("caller", call.Caller.ToString());
        json.WriteString("callee", call.Callee.ToString());
        json.WriteString("start", Time(call.Start));
        json.WriteString("endedBy", call.EndedBy.ToString());
        WriteSeconds(json, "postDialDelay", call.PostDialDelay);
        WriteSeconds(json, "talkTime", call.TalkTime);
        json.WriteStartArray("messages");
        foreach (var message in call.Messages)
        {
            WriteMessage(json, message);
        }

        json.WriteEndArray();
        json.WriteStartArray("legs");
        foreach (var leg in call.Legs)
        {
            json.WriteStartObject();
            json.WriteString("callId", leg.Call.CallId);
            json.WriteString("join", leg.Join.ToString());
            json.WriteString("evidence", leg.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("streams");
        foreach (var stream in call.Streams)
        {
            WriteStream(json, stream);
        }

        json.WriteEndArray();
        WriteDigits(json, call);
        IdentityJson.Write(json, call, diagnosis, texts.Language);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            WriteFinding(json, finding, texts);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, TraceMessage message)
    {
        json.WriteStartObject();
        json.WriteNumber("frame", message.Frame);
        json.WriteString("time", Time(message.Time));
        json.WriteString("source", message.Source.ToString());
        json.WriteString("destination", message.Destination.ToString());
        json.WriteString("transport", message.Transport.ToString());
        json.WriteString("label", message.Label);
        json.WriteNumber("cseq", message.CSeq);
        json.WriteBoolean("retransmission", message.IsRetransmission);
        json.WriteBoolean("sdp", message.Sdp is not null);
        json.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter json, RtpStream stream)
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
        json.WriteNumber("longestBurst", stream.LongestBurst);
        json.WriteNumber("jitterMs", Math.Round(stream.HighestJitter, 3));
        json.WriteNumber("longestGapMs", Math.Round(stream.LongestGap.TotalMilliseconds, 3));
        json.WriteString("start", Time(stream.Start));
        json.WriteString("end", Time(stream.End));
        if (MosEstimate.Of(stream) is { } mos)
        {
            json.WriteNumber("mosEstimate", Math.Round(mos.Mos, 2));
            json.WriteNumber("mosLossPercent", Math.Round(mos.LossPercent, 3));
            json.WriteString("mosCodec", mos.Codec);
        }

        json.WriteStartArray("heard");
        foreach (var segment in StreamHearing.Of(stream))
        {
            json.WriteStringValue(segment.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDigits(Utf8JsonWriter json, Call call)
    {
        json.WriteStartArray("digits");
        foreach (var digit in call.Digits)
        {
            json.WriteStartObject();
            json.WriteString("kind", digit.Kind.ToString());
            json.WriteString("digit", digit.Digit.ToString());
            json.WriteNumber("frame", digit.Frame);
            json.WriteString("source", digit.Source.ToString());
            json.WriteNumber("seconds", Math.Round(digit.Duration.TotalSeconds, 3));
            json.WriteBoolean("ended", digit.Ended);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, FindingTexts texts)
    {
        var text = texts[finding.Id];
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("confidence", finding.Confidence.ToString());
        json.WriteString("basis", finding.Basis.ToString());
        json.WriteString("section", finding.Section);
        json.WriteString("title", text.Title);
        json.WriteString("expected", texts.Fill(text.Expected, finding));
        json.WriteString("seen", texts.Seen(finding));
        json.WriteString("means", texts.Fill(text.Means, finding));
        json.WriteStartObject("fix");
        foreach (var (role, fix) in text.Fix)
        {
            json.WriteString(role, texts.Fill(fix, finding));
        }

        json.WriteEndObject();
        json.WriteStartArray("evidence");
        foreach (var evidence in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteNumber("frame", evidence.Frame);
            json.WriteString("time", Time(evidence.Time));
            json.WriteString("what", evidence.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("codes");
        foreach (var code in finding.Codes)
        {
            json.WriteNumberValue(code);
        }

        json.WriteEndArray();
        json.WriteStartArray("causedBy");
        foreach (var cause in finding.CausedBy)
        {
            json.WriteStringValue(cause);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            json.WriteNumber(name, Math.Round(value.TotalSeconds, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static DateTime Time(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);
}
