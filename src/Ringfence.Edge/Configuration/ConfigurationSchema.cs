using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ringfence.Screening.Policy;

namespace Ringfence.Edge.Configuration;

/// <summary>The JSON Schema of the whole configuration, for editors: that of the file, with that of the policy inside.</summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON (draft 2020-12).</summary>
    public static string Text { get; } = Compose();

    private static string Compose()
    {
        using Stream stream = typeof(ConfigurationSchema).Assembly.GetManifestResourceStream(
            "configuration/configuration.schema.json"
        )!;
        JsonNode schema = JsonNode.Parse(stream)!;
        JsonObject definitions = schema["$defs"]!.AsObject();
        foreach (
            (string name, JsonNode? definition) in JsonNode.Parse(ScreeningPolicy.JsonSchema)!["$defs"]!.AsObject()
        )
        {
            definitions.Add(name, definition!.DeepClone());
        }

        return schema.ToJsonString(Readable) + "\n";
    }
}
