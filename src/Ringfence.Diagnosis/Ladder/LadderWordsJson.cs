using System.Text.Json.Serialization;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>How the words of ladders are read.</summary>
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>), TypeInfoPropertyName = "Words")]
internal sealed partial class LadderWordsJson : JsonSerializerContext;
