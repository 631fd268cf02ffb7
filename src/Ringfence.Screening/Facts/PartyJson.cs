using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Screening.Facts;

/// <summary>Writes a party as its text.</summary>
internal sealed class PartyJson : JsonConverter<Party>
{
    public override Party Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Party.Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, Party value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
