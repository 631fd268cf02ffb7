using System.Text.Json;

namespace Ringfence.Codes.Tests;

/// <summary>The data folder of the checkout, and what lies beside the checkout for tests only.</summary>
internal static class Data
{
    public static readonly string Root = FindRoot();

    /// <summary>Folder with the texts of RFCs beside the checkout, or null.</summary>
    public static string? RfcFolder =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "rfc")) is var folder && Directory.Exists(folder)
            ? folder
            : null;

    public static JsonElement Json(string path) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "data", path))).RootElement.Clone();

    public static TheoryData<string> Languages => [.. Language.Available.Select(name => name.Code)];

    public static TheoryData<string> Translations =>
        [.. Language.Available.Select(name => name.Code).Where(code => code != "en")];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ringfence.slnx")))
        {
            folder =
                Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new InvalidOperationException("the tests run outside a checkout");
        }
        return folder;
    }
}
