using System.Text.Json;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Media.OfferAnswer;

namespace Ringfence.Diagnosis.Report;

/// <summary>A comparison as JSON, for programs.</summary>
public static class ComparisonJson
{
    /// <summary>Writes it: both calls as in the report, then where they part and in what they differ.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="comparison">What was compared.</param>
    /// <param name="options">The language.</param>
    public static void Write(Stream output, CallComparison comparison, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        var texts = FindingTexts.In(options.Language);
        using var json = new Utf8JsonWriter(output, JsonReport.Layout);
        json.WriteStartObject();
        json.WriteString("language", texts.Language);
        json.WriteBoolean("same", comparison.IsSame);
        json.WriteString("parts", new ComparisonWords(comparison, LadderWords.In(options.Language)).Sentence);
        if (comparison.PartsAt < 0)
        {
            json.WriteNull("partsAt");
        }
        else
        {
            json.WriteNumber("partsAt", comparison.PartsAt);
        }

        Rows(json, comparison.Ladders);
        Changes(json, "offerChanges", comparison.OfferChanges);
        Changes(json, "answerChanges", comparison.AnswerChanges);
        json.WriteStartArray("headerChanges");
        foreach (var change in comparison.HeaderChanges)
        {
            json.WriteStartObject();
            json.WriteString("message", change.Message);
            json.WriteString("name", change.Name);
            json.WriteString("good", change.Good);
            json.WriteString("bad", change.Bad);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("onlyBad");
        foreach (var id in comparison.OnlyBad.Select(finding => finding.Id).Distinct(StringComparer.Ordinal))
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        Side(json, "good", comparison.Good, texts);
        Side(json, "bad", comparison.Bad, texts);
        json.WriteEndObject();
    }

    private static void Rows(Utf8JsonWriter json, ComparedLadders ladders)
    {
        json.WriteStartArray("messages");
        foreach (var row in ladders.Rows.Where(row => row.IsFirstHop))
        {
            json.WriteStartObject();
            Message(json, "good", row.GoodOf(ladders.Good));
            Message(json, "bad", row.BadOf(ladders.Bad));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Message(Utf8JsonWriter json, string side, LadderArrow? arrow)
    {
        if (arrow?.Source is not { } message)
        {
            json.WriteNull(side);
            return;
        }

        json.WriteStartObject(side);
        json.WriteNumber("frame", message.Frame);
        json.WriteNumber("seconds", Math.Round(arrow.At.TotalSeconds, 6));
        json.WriteString("label", message.Label);
        json.WriteBoolean("sdp", arrow.HasSdp);
        json.WriteNumber("sent", arrow.Repeats + 1);
        json.WriteEndObject();
    }

    private static void Changes(Utf8JsonWriter json, string name, IReadOnlyList<SdpChange> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("kind", change.Kind.ToString());
            json.WriteNumber("media", change.MediaIndex);
            json.WriteString("good", change.Before);
            json.WriteString("bad", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Side(Utf8JsonWriter json, string name, ComparedCall compared, FindingTexts texts)
    {
        json.WriteStartObject(name);
        json.WriteString("trace", compared.Name);
        json.WritePropertyName("call");
        CallJson.Write(json, compared.Call, compared.Reported.Findings, texts, compared.Diagnosis);
        json.WriteEndObject();
    }
}
