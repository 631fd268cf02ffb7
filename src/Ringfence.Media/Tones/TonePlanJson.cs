using System.Text.Json.Serialization;

namespace Ringfence.Media.Tones;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TonePlanFile))]
internal sealed partial class TonePlanJson : JsonSerializerContext;
