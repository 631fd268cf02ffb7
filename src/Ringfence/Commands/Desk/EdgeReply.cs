using System.Text.Json;
using Ringfence.Output;

namespace Ringfence.Commands.Desk;

/// <summary>What an edge answered.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Json">The body.</param>
internal readonly record struct EdgeReply(int Status, JsonElement Json)
{
    internal bool IsGood => Status is >= 200 and < 300;

    /// <summary>What the edge says is wrong.</summary>
    internal string Detail => Text("detail") is { Length: > 0 } detail ? detail.TrimEnd('.') : $"HTTP {Status}";

    /// <summary>A property as text, without characters that would move the cursor; empty where it is not there.</summary>
    internal string Text(string name) => TextOf(Json, name);

    internal static string TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => TextTable.Printable(value.GetString()!),
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            }
            : "";

    /// <summary>The items of a property that is a list.</summary>
    internal IEnumerable<JsonElement> Items(string name) =>
        Json.ValueKind == JsonValueKind.Object
        && Json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    /// <summary>Prints the JSON as it came.</summary>
    internal void Print()
    {
        JsonElement json = Json;
        JsonOutput.Print(json.WriteTo);
    }
}
