using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>Checks YAML against a JSON Schema: as much of draft 2020-12 as the product's schemas use. A keyword that it does not know is a fault.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly string[] Notes = ["$schema", "$defs", "title", "description", "default", "examples"];

    internal IEnumerable<string> Faults(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Faults(root, ToJson(stream.Documents[0].RootNode), "");
    }

    /// <summary>The definition behind a reference.</summary>
    internal JsonObject Follow(JsonObject schema) =>
        schema["$ref"] is { } reference
            ? root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!.AsObject()
            : schema;

    private IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string at) =>
        schema
            .Where(keyword => !Notes.Contains(keyword.Key))
            .SelectMany(keyword =>
                keyword.Key switch
                {
                    "$ref" => Faults(Follow(schema), value, at),
                    "anyOf" => AnyOf(keyword.Value!.AsArray(), value, at),
                    "type" => Check(
                        IsOf(keyword.Value!, value),
                        $"{at}: {value?.ToJsonString()} is no {keyword.Value!.ToJsonString()}"
                    ),
                    "enum" => Check(
                        keyword.Value!.AsArray().Any(word => JsonNode.DeepEquals(word, value)),
                        $"{at}: {value?.ToJsonString()} is none of {keyword.Value!.ToJsonString()}"
                    ),
                    "pattern" => Check(
                        value is not JsonValue text
                            || !text.TryGetValue(out string? s)
                            || Regex.IsMatch(
                                s,
                                keyword.Value!.GetValue<string>(),
                                RegexOptions.None,
                                TimeSpan.FromSeconds(5)
                            ),
                        $"{at}: {value?.ToJsonString()} does not match {keyword.Value}"
                    ),
                    "minLength"
                    or "maxLength"
                    or "minimum"
                    or "maximum"
                    or "minItems"
                    or "maxItems"
                    or "minProperties" => Check(
                        IsWithin(keyword.Key, keyword.Value!.GetValue<double>(), value),
                        $"{at}: {keyword.Key}"
                    ),
                    "items" when value is JsonArray items => items.SelectMany(
                        (item, i) => Faults(keyword.Value!.AsObject(), item, $"{at}/{i}")
                    ),
                    "required" when value is JsonObject map => keyword
                        .Value!.AsArray()
                        .Select(key => key!.GetValue<string>())
                        .Where(key => !map.ContainsKey(key))
                        .Select(key => $"{at}: {key} is missing"),
                    "properties" when value is JsonObject map => map.Where(p => keyword.Value![p.Key] is not null)
                        .SelectMany(p => Faults(keyword.Value![p.Key]!.AsObject(), p.Value, $"{at}/{p.Key}")),
                    "additionalProperties" when value is JsonObject map => Others(schema, keyword.Value!, map, at),
                    "items" or "required" or "properties" or "additionalProperties" or "propertyNames" => [],
                    _ => [$"{at}: the validator does not know {keyword.Key}"],
                }
            );

    private IEnumerable<string> AnyOf(JsonArray branches, JsonNode? value, string at)
    {
        string[][] faults = [.. branches.Select(branch => Faults(branch!.AsObject(), value, at).ToArray())];
        return Array.Exists(faults, found => found.Length == 0) ? [] : faults[0];
    }

    private IEnumerable<string> Others(JsonObject schema, JsonNode others, JsonObject map, string at)
    {
        JsonObject known = schema["properties"] as JsonObject ?? [];
        return map.Where(p => !known.ContainsKey(p.Key))
            .SelectMany(p =>
                others is JsonObject inner ? Faults(inner, p.Value, $"{at}/{p.Key}") : [$"{at}: there is no {p.Key}"]
            );
    }

    private static IEnumerable<string> Check(bool holds, string fault) => holds ? [] : [fault];

    private static bool IsOf(JsonNode types, JsonNode? value) =>
        (types is JsonArray many ? many.Select(t => t!.GetValue<string>()) : [types.GetValue<string>()]).Any(type =>
            type switch
            {
                "object" => value is JsonObject,
                "array" => value is JsonArray,
                "string" => value is JsonValue v && v.TryGetValue<string>(out _),
                "boolean" => value is JsonValue v && v.TryGetValue<bool>(out _),
                "integer" => value is JsonValue v && v.TryGetValue<long>(out _),
                _ => value is JsonValue v && (v.TryGetValue<long>(out _) || v.TryGetValue<double>(out _)),
            }
        );

    private static bool IsWithin(string keyword, double bound, JsonNode? value)
    {
        double? measured = value switch
        {
            JsonArray items when keyword.EndsWith("Items", StringComparison.Ordinal) => items.Count,
            JsonObject map when keyword == "minProperties" => map.Count,
            JsonValue v when v.TryGetValue(out string? s) && keyword.EndsWith("Length", StringComparison.Ordinal) =>
                s.Length,
            JsonValue v when v.TryGetValue(out long n) && keyword is "minimum" or "maximum" => n,
            _ => null,
        };
        return measured is null
            || (keyword.StartsWith("min", StringComparison.Ordinal) ? measured >= bound : measured <= bound);
    }

    // As YAML 1.2 has it, and editors with it: only plain scalars are numbers and booleans.
    private static JsonNode? ToJson(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, ToJson(p.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
            _ => JsonValue.Create(((YamlScalarNode)node).Value),
        };

    private static JsonValue? Plain(string text) =>
        text is "true" or "false" ? JsonValue.Create(text == "true")
        : text is "" or "~" or "null" ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n)
            ? JsonValue.Create(n)
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double d)
            ? JsonValue.Create(d)
        : JsonValue.Create(text);
}
