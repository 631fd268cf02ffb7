using System.Text.Encodings.Web;
using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The report as JSON, for programs. Times are ISO 8601 in UTC, durations seconds.</summary>
public static class JsonReport
{
    internal static readonly JsonWriterOptions Layout = new()
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
        var calls = diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis)).ToList();
        StreamHearing.Listen(calls.SelectMany(call => call.Streams));
        foreach (var call in calls)
        {
            CallJson.Write(json, call, findings[call], texts, diagnosis);
        }

        json.WriteEndArray();
        WriteRules(json, diagnosis.Rules);
        json.WriteEndObject();
    }

    /// <summary>Writes one call on one line, for streams of calls.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="diagnosis">The diagnosis that the call is part of.</param>
    /// <param name="call">The call.</param>
    /// <param name="language">The language of its words.</param>
    public static void WriteLine(Stream output, CallDiagnosis diagnosis, Call call, string language)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(diagnosis);
        using (var json = new Utf8JsonWriter(output, Layout with { Indented = false }))
        {
            CallJson.Write(json, call, diagnosis.Of(call), FindingTexts.In(language), diagnosis);
        }

        output.WriteByte((byte)'\n');
        output.Flush();
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
        json.WriteNumber("copies", capture.Copies);
        json.WriteNumber("snappedFrames", capture.SnappedFrames);
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
}
