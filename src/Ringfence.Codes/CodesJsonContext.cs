using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Generated readers of the data files: no reflection, so the library can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(CodeFacts))]
[JsonSerializable(typeof(Q850Cause[]))]
[JsonSerializable(typeof(CodeText))]
[JsonSerializable(typeof(PairText))]
[JsonSerializable(typeof(Labels))]
[JsonSerializable(typeof(DecisionWords))]
[JsonSerializable(typeof(DecisionRow[]))]
[JsonSerializable(typeof(LanguageName[]))]
internal sealed partial class CodesJsonContext : JsonSerializerContext;
