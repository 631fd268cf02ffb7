using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Reads a list of hangup causes (numbers) and keys (strings) as one list of strings.</summary>
internal sealed class OccasionsConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(
                reader.TokenType == JsonTokenType.Number
                    ? reader.GetInt32().ToString(CultureInfo.InvariantCulture)
                    : reader.GetString() ?? throw new JsonException("an occasion is a number or a key")
            );
        }
        return list;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var occasion in value)
        {
            writer.WriteStringValue(occasion);
        }
        writer.WriteEndArray();
    }
}
