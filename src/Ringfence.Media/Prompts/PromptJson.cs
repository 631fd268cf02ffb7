using System.Text.Json.Serialization;

namespace Ringfence.Media.Prompts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PromptFile))]
internal sealed partial class PromptJson : JsonSerializerContext;
