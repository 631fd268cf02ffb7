using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Media.Prompts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PromptFile))]
internal sealed partial class PromptJson : JsonSerializerContext;
