using System.Text.Json.Serialization;

namespace Ringfence.Edge.Gate;

/// <summary>Reads the profiles without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CauseProfileFile))]
internal sealed partial class CauseProfileJson : JsonSerializerContext;
