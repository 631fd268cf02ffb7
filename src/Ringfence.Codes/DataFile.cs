using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ringfence.Codes;

/// <summary>The data files that the assembly carries, by their path under <c>data/</c>.</summary>
internal static class DataFile
{
    private static readonly string[] All = typeof(DataFile).Assembly.GetManifestResourceNames();

    public static IEnumerable<string> Names(string folder) =>
        All.Where(name => name.StartsWith(folder, StringComparison.Ordinal));

    public static bool Exists(string path) => Array.IndexOf(All, path) >= 0;

    public static Stream Open(string path) =>
        typeof(DataFile).Assembly.GetManifestResourceStream(path)
        ?? throw new InvalidOperationException($"the data file {path} is not part of the assembly");

    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        using var stream = Open(path);
        try
        {
            return JsonSerializer.Deserialize(stream, type)
                ?? throw new InvalidOperationException($"the data file {path} is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"the data file {path} is not in shape: {e.Message}", e);
        }
    }
}
