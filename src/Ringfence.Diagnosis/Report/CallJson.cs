using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;

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
        json.WriteString("endReason", call.EndReason);
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
            MediaJson.Write(json, stream, diagnosis.Trace.Rtcp);
        }

        json.WriteEndArray();
        MediaJson.WriteDigits(json, call);
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

    internal static DateTime Time(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / 100);
}
