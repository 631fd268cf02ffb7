using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Report;

/// <summary>What the JSON report says of a call's identity: its verification step by step, and what its refusal tells beside the code.</summary>
internal static class IdentityJson
{
    public static void Write(Utf8JsonWriter json, Call call, CallDiagnosis diagnosis, string language)
    {
        if (diagnosis.VerificationOf(call) is { } verified)
        {
            json.WritePropertyName("verification");
            Explanation.WriteJson(json, verified, language);
        }

        var details = CallRefusals.Of(call).ToList();
        if (details.Count == 0)
        {
            return;
        }

        json.WriteStartArray("refusals");
        foreach (var (message, said) in details)
        {
            json.WriteStartObject();
            json.WriteNumber("frame", message.Frame);
            json.WriteNumber("status", message.Status);
            WriteParts(json, "analytics", said.Analytics);
            WriteParts(json, "contact", said.Contact);
            json.WriteStartArray("stir");
            foreach (var (cause, text) in said.StirReasons)
            {
                json.WriteStartObject();
                json.WriteNumber("cause", cause);
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParts(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> parts)
    {
        json.WriteStartArray(name);
        foreach (var (key, value) in parts)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
