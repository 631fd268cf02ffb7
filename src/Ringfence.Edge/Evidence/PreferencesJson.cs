using System.Text.Json;
using System.Text.Json.Serialization;
using Ringfence.Screening.Policy;

namespace Ringfence.Edge.Evidence;

/// <summary>Writes and reads a callee's wishes, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Wishes))]
internal sealed partial class PreferencesJson : JsonSerializerContext
{
    internal static string Write(CalleePreferences wishes) =>
        JsonSerializer.Serialize(Evidence.Wishes.Of(wishes), Default.Wishes);

    /// <summary>The wishes; null where they are not to be understood any more.</summary>
    internal static CalleePreferences? Read(string text) =>
        JsonSerializer.Deserialize(text, Default.Wishes)?.Read(out _);
}
