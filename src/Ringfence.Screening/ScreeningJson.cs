using System.Text.Json.Serialization;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Rules;
using Ringfence.Screening.Simulation;

namespace Ringfence.Screening;

/// <summary>Writes and reads facts, verdicts and reports as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CallFacts))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(RefusalAnswer))]
[JsonSerializable(typeof(PolicyMistake[]))]
[JsonSerializable(typeof(PolicyTrial))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(ListImport))]
[JsonSerializable(typeof(SimulationFigures))]
public sealed partial class ScreeningJson : JsonSerializerContext;
