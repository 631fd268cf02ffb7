using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ringfence.Screening.Policy;

/// <summary>Writes a schedule as its text.</summary>
internal sealed class ScheduleJson : JsonConverter<Schedule>
{
    public override Schedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Schedule.TryParse(reader.GetString() ?? "", out var schedule, out var fault)
            ? schedule
            : throw new JsonException(fault);

    public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
