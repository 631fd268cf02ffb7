using System.Text.Json;
using Ringfence.Edge.Storage;
using Ringfence.Screening;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Policies;

/// <summary>Calls that an edge has recorded, with the facts that their verdicts rested on: its database, or JSON of it.</summary>
internal static class RecordedCalls
{
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <summary>What a file is, by its first bytes.</summary>
    internal static RecordKind KindOf(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[64];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith(SqliteMagic))
        {
            return RecordKind.Database;
        }

        ReadOnlySpan<byte> text = head.TrimStart(" \t\r\n\uFEFF"u8);
        return !text.IsEmpty && text[0] is (byte)'[' or (byte)'{' ? RecordKind.Json : RecordKind.Capture;
    }

    /// <summary>The calls of an edge's database, oldest first; it is only read.</summary>
    internal static IEnumerable<CallFacts> OfDatabase(string path, RecordSpan span, Action<long, long> progress)
    {
        using CallFactsReader reader = CallFactsReader.Open(path);
        long total = reader.Count(span.From, span.Until);
        long done = 0;
        foreach (CallFacts facts in reader.Read(span.From, span.Until))
        {
            progress(++done, total);
            yield return facts;
        }
    }

    /// <summary>
    /// The calls of a JSON text: one call, an array of them, or one a line. A call is its facts, or an object that has them
    /// under "facts".
    /// </summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    internal static IEnumerable<CallFacts> OfJson(string text)
    {
        var reader = new Utf8JsonReader(
            System.Text.Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')),
            new JsonReaderOptions { AllowMultipleValues = true }
        );
        List<CallFacts> calls = [];
        while (reader.Read())
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            calls.AddRange(root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Select(Facts) : [Facts(root)]);
        }

        return calls;
    }

    private static CallFacts Facts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("facts", out JsonElement inside))
        {
            element = inside;
        }

        return element.Deserialize(ScreeningJson.Default.CallFacts) ?? throw new JsonException("null is no call");
    }
}
