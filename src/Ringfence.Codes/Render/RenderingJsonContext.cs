using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Generated writers of the JSON that the library gives out.</summary>
[JsonSerializable(typeof(CodeArticle))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(CodeLink[]))]
[JsonSerializable(typeof(DecisionAnswer[]))]
internal sealed partial class RenderingJsonContext : JsonSerializerContext
{
    /// <summary>Leaves letters of every language readable; the text is JSON for clients, not a part of an HTML page.</summary>
    public static RenderingJsonContext Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
            }
        );
}
