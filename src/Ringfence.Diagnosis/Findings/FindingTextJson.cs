using System.Text.Json.Serialization;

namespace Ringfence.Diagnosis.Findings;

/// <summary>How files of words are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FindingTextFile))]
internal sealed partial class FindingTextJson : JsonSerializerContext;
