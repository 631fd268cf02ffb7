using System.Text.Json.Nodes;
using Ringfence.Edge.Configuration;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>The schema by which editors complete a configuration says what the reader takes. A key that a reader learns has to be written there too.</summary>
public sealed class ConfigurationSchemaTests
{
    private const string Nonsense = "zzzzzzzzzzzz";
    private static readonly JsonObject Schema = JsonNode.Parse(ConfigurationSchema.Text)!.AsObject();
    private static readonly SchemaValidator Validator = new(Schema);

    /// <summary>Where a mapping stands: the keys that lead to it, and how it is written around what is inside.</summary>
    public static TheoryData<string> Mappings => [.. Places(Schema, "").Select(place => place.Path)];

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Every_key_that_the_reader_takes_is_in_the_schema(string path)
    {
        (_, JsonObject place) = Places(Schema, "").First(known => known.Path == path);
        string[] schema = [.. place["properties"]!.AsObject().Select(p => p.Key)];

        Known(path)
            .Except(schema, StringComparer.Ordinal)
            .ShouldBeEmpty($"add them to configuration.schema.json, {path}");
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void What_the_schema_takes_for_a_value_is_no_section_of_the_reader(string path)
    {
        (_, JsonObject place) = Places(Schema, "").First(known => known.Path == path);
        foreach ((string key, JsonNode? value) in place["properties"]!.AsObject())
        {
            if (key != "policy" && !Inner(value!.AsObject(), $"{path}/{key}").Any())
            {
                Known($"{path}/{key}")
                    .ShouldBeEmpty($"{path}/{key} is a section, and the schema says nothing of its keys");
            }
        }
    }

    [Fact]
    public void Every_key_says_what_it_is_for()
    {
        foreach ((string path, JsonObject place) in Places(Schema, ""))
        {
            foreach ((string key, JsonNode? value) in place["properties"]!.AsObject())
            {
                JsonObject schema = value!.AsObject();
                bool isDescribed =
                    schema.ContainsKey("description") || Validator.Follow(schema).ContainsKey("description");
                isDescribed.ShouldBeTrue($"{path}/{key}");
            }
        }
    }

    [Fact]
    public void The_examples_of_the_guides_are_what_the_schema_takes()
    {
        string[] examples = [.. Guides.Examples([.. Schema["properties"]!.AsObject().Select(p => p.Key)])];

        examples.Length.ShouldBeGreaterThan(2);
        foreach (string example in examples)
        {
            Validator.Faults(example).ShouldBeEmpty(example);
        }
    }

    [Theory]
    [InlineData("lanes: many\n")]
    [InlineData("trunks: [ { name: a, from: 192.0.2.0/24, mode: mirror } ]\n")]
    [InlineData("trunks: [ { name: a, from: 192.0.2.0/24, rate: 50 } ]\n")]
    [InlineData("routes: [ { match: \"*\" } ]\n")]
    [InlineData("policy: [ { when: { callr: \"+33*\" }, then: refuse } ]\n")]
    [InlineData("polcy: []\n")]
    [InlineData("early-media: { silence-after: soon }\n")]
    public void What_the_reader_refuses_the_schema_refuses_too(string yaml)
    {
        ConfigurationReader.Read(yaml, "t.yaml", "/").Configuration.ShouldBeNull();
        Validator.Faults(yaml).ShouldNotBeEmpty();
    }

    /// <summary>The keys that the reader knows at this place: what it answers to one that it does not know.</summary>
    private static string[] Known(string path)
    {
        string[] keys = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string yaml = $"{{ {Nonsense}: 1 }}";
        foreach (string key in keys.Reverse())
        {
            yaml = key == "[]" ? $"[ {yaml} ]" : $"{{ {key}: {yaml} }}";
        }

        const string known = "known here: ";
        return
        [
            .. ConfigurationReader
                .Read(yaml, "t.yaml", Path.GetTempPath())
                .Mistakes.Where(m => m.What.Contains(Nonsense, StringComparison.Ordinal))
                .Where(m => m.Remedy.StartsWith(known, StringComparison.Ordinal))
                .SelectMany(m => m.Remedy[known.Length..].Split(", ")),
        ];
    }

    private static IEnumerable<(string Path, JsonObject Place)> Places(JsonObject schema, string path)
    {
        yield return (path, schema);
        foreach ((string key, JsonNode? value) in schema["properties"]!.AsObject())
        {
            if (key == "policy")
            {
                continue;
            }

            foreach ((string inner, JsonObject place) in Inner(value!.AsObject(), $"{path}/{key}"))
            {
                foreach ((string, JsonObject) found in Places(place, inner))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>The mappings that a value can be, by itself or as an item.</summary>
    private static IEnumerable<(string Path, JsonObject Place)> Inner(JsonObject schema, string path)
    {
        schema = Validator.Follow(schema);
        if (schema["anyOf"] is JsonArray branches)
        {
            (string, JsonObject)[] found = [.. branches.SelectMany(branch => Inner(branch!.AsObject(), path))];
            return found.Length > 1 ? found[^1..] : found;
        }

        return schema["items"] is JsonObject item ? Inner(item, $"{path}/[]")
            : schema.ContainsKey("properties") ? [(path, schema)]
            : [];
    }
}
