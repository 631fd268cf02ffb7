using System.Text.Json;

namespace Ringfence.Stir.Tests.Passport;

/// <summary>The tokens of passport-golden.json beside the checkout, where it is present.</summary>
internal static class GoldenVectors
{
    private static readonly Lazy<Dictionary<string, string>?> Loaded = new(Load);

    public static string Token(string name)
    {
        Assert.SkipWhen(Loaded.Value is null, "skipped: corpus not present");
        return Loaded.Value![name];
    }

    private static Dictionary<string, string>? Load()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "..", "shared", "vectors", "passport-golden.json");
            if (File.Exists(Path.Combine(folder.FullName, "Ringfence.slnx")) && File.Exists(path))
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(path));
                return json
                    .RootElement.GetProperty("vectors")
                    .EnumerateArray()
                    .ToDictionary(v => v.GetProperty("name").GetString()!, v => v.GetProperty("token").GetString()!);
            }
        }

        return null;
    }
}
