using System.Text.Encodings.Web;
using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report as JSON, for programs. Times are ISO 8601 in UTC, durations seconds.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the report.</summary>
    public static void Write(Stream output, CallDiagnosis diagnosis, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(options);
        var texts = FindingTexts.In(options.Language);
        var findings = diagnosis.Findings.ToLookup(finding => finding.Call);
        using var json = new Utf8JsonWriter(output, Layout);
        json.WriteStartObject();
        json.WriteString("language", texts.Language);
        WriteCapture(json, diagnosis.Trace);
        json.WriteStartArray("notChecked");
        foreach (var gap in diagnosis.NotChecked)
        {
            json.WriteStringValue(gap.ToString());
        }

        json.WriteEndArray();
        json.WriteStartArray("calls");
        foreach (var call in diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis)))
        {
            WriteCall(json, call, findings[call], texts);
        }

        json.WriteEndArray();
        WriteRules(json, diagnosis.Rules);
        json.WriteEndObject();
    }

    private static void WriteCapture(Utf8JsonWriter json, CallTrace trace)
    {
        var capture = trace.Capture;
        json.WriteStartObject("capture");
        json.WriteNumber("frames", capture.Frames);
        json.WriteNumber("sipMessages", capture.SipMessages);
        json.WriteNumber("datagrams", capture.Datagrams);
        json.WriteNumber("streams", trace.Streams.Count);
        json.WriteNumber("rtcp", trace.Rtcp.Packets);
        json.WriteNumber("streamGaps", capture.StreamGaps);
        json.WriteNumber("lostFragments", capture.LostFragments);
        json.WriteNumber("undecryptedSessions", capture.UndecryptedSessions);
        json.WriteNumber("unreadableMessages", trace.UnreadableMessages);
        json.WriteNumber("droppedCalls", trace.DroppedCalls);
        json.WriteStartArray("inputs");
        foreach (var format in capture.Formats)
        {
            json.WriteStringValue(format.ToString());
        }

        json.WriteEndArray();
        json.WriteStartArray("damage");
        foreach (var damage in capture.Damage)
        {
            json.WriteStartObject();
            json.WriteNumber("input", damage.Input);
            json.WriteNumber("offset", damage.Offset);
            json.WriteString("kind", damage.Kind.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, Call call, IEnumerable<Finding> findings, FindingTexts texts)
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
        json.WriteStartArray("heard");
        foreach (var segment in StreamHearing.Of(stream))
        {
            json.WriteStringValue(segment.ToString());
        }

        json.WriteEndArray();
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
        json.WriteString("expected", FindingTexts.Fill(text.Expected, finding.Values));
        json.WriteString("seen", texts.Seen(finding));
        json.WriteString("means", FindingTexts.Fill(text.Means, finding.Values));
        json.WriteStartObject("fix");
        foreach (var (role, fix) in text.Fix)
        {
            json.WriteString(role, FindingTexts.Fill(fix, finding.Values));
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

    private static void WriteRules(Utf8JsonWriter json, IReadOnlyList<RuleCount> rules)
    {
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteNumber("reached", rule.Reached);
            json.WriteNumber("fired", rule.Fired);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
